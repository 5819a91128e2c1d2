-- What belongs together stays on one line, in typed text, too, in print, on the web and in Word: a number and its unit, a paragraph
-- sign and its number, a book of a law, the day and the month, a type and its number; a dash within
-- a sentence never begins a line.
local EINHEITEN = {["%"] = true, ["‰"] = true, ["€"] = true, ["m²"] = true, ["km"] = true, ["km²"] = true, Euro = true, Prozent = true,
  Prozentpunkt = true, Prozentpunkte = true, Prozentpunkten = true, Millionen = true, Uhr = true}
local MONATE = {Januar = true, Februar = true, ["März"] = true, April = true, Mai = true, Juni = true, Juli = true, August = true,
  September = true, Oktober = true, November = true, Dezember = true}
local function zusammen(a, b)
  local rest = b:gsub("[%.,;:%)“]+$", "")
  return a:match("%d$") and EINHEITEN[rest] or a:match("§$") or a:match("%u%u%u$") and rest:match("^[IVX]+$") or a == "Typ" and rest:match("^%d+$")
    or a:match("^%(?%d%d?%.$") and MONATE[rest] or a:match("^%(?z%.$") and rest == "B" or b == "–" and not a:match("[%.:;]$")
end
local TEXT = {Emph = true, Strong = true, Span = true, Link = true, Quoted = true}
local function gebunden(inlines)
  local neu = pandoc.Inlines({})
  for i, e in ipairs(inlines) do
    if TEXT[e.t] then e.content = gebunden(e.content) end
    local davor, danach = neu[#neu], inlines[i + 1]
    local fest = e.t == "Space" and davor and davor.t == "Str" and danach and danach.t == "Str" and zusammen(davor.text, danach.text)
    neu:insert(fest and pandoc.Str("\u{a0}") or e)
  end
  return neu
end
local function plain(blocks) -- heads and cells of tables are narrow and may break anywhere
  for _, b in ipairs(blocks) do if b.t == "Plain" then b.content = gebunden(b.content) end end
end
local function eintraege(liste)
  for _, eintrag in ipairs(liste.content) do plain(eintrag) end
  return liste
end
local function begriffe(liste)
  for _, eintrag in ipairs(liste.content) do
    for _, blocks in ipairs(eintrag[2]) do plain(blocks) end
  end
  return liste
end
return {
  BulletList = eintraege, OrderedList = eintraege, DefinitionList = begriffe,
  Para = function(p) return pandoc.Para(gebunden(p.content)) end,
}
