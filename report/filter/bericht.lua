-- The report's own building blocks, the same for both stitchers: Quarto runs this filter before its own ones,
-- the built-in stitcher runs it when it reads a chapter. Divs of the classes below and figures and tables with
-- an identifier become calls of the print template (Typst) or elements of the web theme (HTML).
local ziel = os.getenv("SOZIALBERICHT_ZIEL") or FORMAT
local typst, html = ziel:match("typst") ~= nil, ziel:match("html") ~= nil

local function als_typst(inhalt) return pandoc.write(pandoc.Pandoc(inhalt), "typst"):gsub("%s+$", "") end
-- Numbers need no writer, and the same words only one call of it: a table has thousands of cells.
local geschrieben = {}
local function zeile_typst(inlines)
  local schluessel = #inlines == 1 and inlines[1].t == "Str" and inlines[1].text
  if not schluessel then return als_typst({pandoc.Plain(inlines)}) end
  if schluessel:match("^%d+$") or schluessel:match("^%d+,%d+$") or schluessel:match("^%d+%.%d%d%d$") then return schluessel end
  geschrieben[schluessel] = geschrieben[schluessel] or als_typst({pandoc.Plain(inlines)})
  return geschrieben[schluessel]
end
local function text_typst(t) return zeile_typst({pandoc.Str(t)}) end
local function kette(t) return '"' .. t:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end
local function roh(t) return pandoc.RawBlock("typst", t) end
local SEITE = roh("#pagebreak(weak: true)")
local function html_text(t) return (t:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;")) end
local function umhuellt(anfang, inhalt, ende)
  local b = pandoc.Blocks({roh(anfang)})
  b:extend(inhalt)
  b:insert(roh(ende))
  return b
end

-- classes with a body: print template function, label in front on the web
local BAUSTEINE = {
  leitsatz = function(d) return "#leitsatz[" end,
  quelle = function(d) return "#quelle[" end,
  lesebeispiel = function(d) return "#lesebeispiel[" end,
  kasten = function(d) return "#kasten([" .. text_typst(d.attributes.titel or "Hinweis") .. "])[" end,
}
local MARKEN = {quelle = "Quelle und Stand", lesebeispiel = "Lesebeispiel"}

local function baustein(d, klasse)
  if typst then return umhuellt(BAUSTEINE[klasse](d), d.content, "]") end
  local marke = MARKEN[klasse] or d.attributes.titel
  local rumpf = pandoc.Div(d.content, pandoc.Attr("", {"rumpf"}))
  local teile = marke and {pandoc.Div({pandoc.Plain({pandoc.Str(marke)})}, pandoc.Attr("", {"marke"})), rumpf} or d.content
  return pandoc.Div(teile, pandoc.Attr(d.identifier, {klasse}))
end

local function kennzahlen(d)
  local namen, blocks = {}, pandoc.Blocks({})
  if html then blocks:insert(pandoc.RawBlock("html", '<dl class="kennzahlen">')) else blocks:insert(roh("#kennzahlen(")) end
  for _, k in ipairs(d.content) do
    local a = k.attributes
    if html then
      local einheit = a.einheit ~= "" and "&#8239;<small>" .. html_text(a.einheit) .. "</small>" or ""
      blocks:insert(pandoc.RawBlock("html", "<div><dt>" .. html_text(a.name) .. '</dt><dd class="wert">' .. html_text(a.wert) .. einheit .. '</dd><dd class="wandel">'))
      blocks:insert(pandoc.Plain(pandoc.utils.blocks_to_inlines(k.content)))
      blocks:insert(pandoc.RawBlock("html", "</dd></div>"))
    else
      blocks:insert(roh("kennzahl([" .. text_typst(a.name) .. "], [" .. text_typst(a.wert) .. "], [" .. text_typst(a.einheit or "") .. "])["))
      blocks:extend(k.content)
      blocks:insert(roh("],"))
    end
  end
  blocks:insert(html and pandoc.RawBlock("html", "</dl>") or roh(")"))
  return blocks
end

-- key of numbers, names and values beside a map: a list "1. Name · value"
local function schluessel(d)
  local teile = {}
  for _, zeile in ipairs(d.content[1].content) do
    local felder = {}
    for _, block in ipairs(zeile) do
      for _, span in ipairs(block.content) do if span.t == "Span" then felder[#felder + 1] = span.content end end
    end
    if typst then
      local f = {}
      for i = 1, 3 do f[i] = "[" .. (felder[i] and zeile_typst(felder[i]) or "") .. "]" end
      teile[#teile + 1] = "(" .. table.concat(f, ", ") .. ")"
    else
      local f = {}
      for i = 1, 3 do
        f[i] = felder[i] and "<span>" .. html_text(pandoc.utils.stringify(felder[i])) .. "</span>" or "<span></span>"
      end
      teile[#teile + 1] = "<li>" .. table.concat(f, " ") .. "</li>"
    end
  end
  if typst then return roh("#schluessel(" .. table.concat(teile, ", ") .. ",)") end
  return pandoc.RawBlock("html", '<ul class="schluessel">' .. table.concat(teile) .. "</ul>")
end

-- a finding of the summary: value, headline, text and a miniature
local function befund(d)
  local a, text, img = d.attributes, pandoc.Blocks({}), nil
  for _, b in ipairs(d.content) do
    if b.t == "Para" and #b.content == 1 and b.content[1].t == "Image" then img = b.content[1] else text:insert(b) end
  end
  if typst then
    local anfang = "#befund([" .. text_typst(a.wert) .. "], [" .. text_typst(a.einheit or "") .. "], [" .. text_typst(a.was) .. "], ["
      .. text_typst(a.kopf) .. "], bild(" .. kette(img.src) .. ", " .. kette(img.attributes["fig-alt"]) .. "))["
    return umhuellt(anfang, text, "]")
  end
  local einheit = (a.einheit or "") ~= "" and "&#8239;<small>" .. html_text(a.einheit) .. "</small>" or ""
  local stamm = img.src:gsub("%.svg$", "")
  local blocks = pandoc.Blocks({pandoc.RawBlock("html", '<section class="befund"><p class="wert">' .. html_text(a.wert) .. einheit
    .. "<span>" .. html_text(a.was) .. '</span></p><div class="aussage"><h2>' .. html_text(a.kopf) .. "</h2>")})
  blocks:extend(text)
  blocks:insert(pandoc.RawBlock("html", '</div><img src="' .. stamm .. '.web.svg" alt="' .. html_text(img.attributes["fig-alt"]) .. '"></section>'))
  return blocks
end

-- the sheet of an indicator: a definition list, its terms in the label column
local function datenblatt(d)
  if not typst then return pandoc.Div(d.content, pandoc.Attr(d.identifier, {"datenblatt"})) end
  local paare = {}
  for _, eintrag in ipairs(d.content[1].content) do
    local inhalt = pandoc.utils.blocks_to_inlines(eintrag[2][1])
    paare[#paare + 1] = "([" .. zeile_typst(eintrag[1]) .. "], [" .. zeile_typst(inhalt) .. "])"
  end
  return roh("#datenblatt(" .. table.concat(paare, ",\n") .. ",)")
end

-- pictures: print cut for paper; on the web the wide and the narrow cut
local function bild(img)
  local alt = img.attributes["fig-alt"] or ""
  if typst then return roh("#bild(" .. kette(img.src) .. ", " .. kette(alt) .. ")") end
  local stamm = img.src:gsub("%.svg$", "")
  local schmal = img.attributes.schmal == "ja" and '<source media="(max-width: 40rem)" srcset="' .. stamm .. '.schmal.svg">' or ""
  return pandoc.RawBlock("html", "<picture>" .. schmal .. '<img src="' .. stamm .. '.web.svg" alt="' .. html_text(alt) .. '"></picture>')
end

local function liste(t)
  local z = {}
  for n in (t or ""):gmatch("%d+") do z[#z + 1] = n end
  return "(" .. table.concat(z, ", ") .. (#z > 0 and ",)" or ")")
end

local function zellen(zeile)
  local z = {}
  for _, zelle in ipairs(zeile.cells) do
    local inhalt = pandoc.utils.blocks_to_inlines(zelle.contents)
    z[#z + 1] = "[" .. zeile_typst(inhalt) .. "]"
  end
  return "(" .. table.concat(z, ", ") .. ",)"
end

local function tabelle(t, a)
  if typst then
    local kopf, rumpf = zellen(t.head.rows[1]), {}
    for _, zeile in ipairs(t.bodies[1].body) do rumpf[#rumpf + 1] = zellen(zeile) end
    local breit = a.stil == "breit" and ", groesse: 7.4pt, zeile: 10pt, spalt: 1.8mm" or ""
    local spalten = {}
    for s in (a.spalten or ""):gmatch("%S+") do spalten[#spalten + 1] = s end
    if #spalten == 0 then
      spalten[1] = "rand"
      for i = 2, #t.colspecs do spalten[i] = "1fr" end
    end
    return roh("#tabelle((" .. table.concat(spalten, ", ") .. ",), " .. kopf .. ", (" .. table.concat(rumpf, ",\n") .. ",), gruppen: "
      .. liste(a.gruppen) .. ", links: " .. (a.links and liste(a.links) or "(0,)") .. breit .. ")")
  end
  t.bodies[1].row_head_columns = 1
  local links = {}
  for n in (a.links or "0"):gmatch("%d+") do links[tonumber(n)] = true end
  for i, spez in ipairs(t.colspecs) do t.colspecs[i] = {links[i - 1] and "AlignLeft" or "AlignRight", nil} end
  local gruppen = {}
  for n in (a.gruppen or ""):gmatch("%d+") do gruppen[tonumber(n)] = true end
  for i, zeile in ipairs(t.bodies[1].body) do
    if gruppen[i - 1] then zeile.attr = pandoc.Attr("", {"gruppe"}) end
  end
  local klasse = a.stil == "breit" and "tafel breit" or "tafel"
  if (a.links or ""):match("%d+%s+%d+") then klasse = klasse .. " worte" end -- columns of words may wrap
  return pandoc.Blocks({
    pandoc.RawBlock("html", '<div class="' .. klasse .. '" tabindex="0" role="region" aria-label="Tabelle, seitlich verschiebbar">'), t,
    pandoc.RawBlock("html", "</div>")})
end

local function abbildung(d)
  local blocks = pandoc.Blocks({})
  for _, b in ipairs(d.content) do
    local img = (b.t == "Para" or b.t == "Plain") and #b.content == 1 and b.content[1].t == "Image" and b.content[1]
    if img then blocks:insert(bild(img))
    elseif b.t == "Table" then
      local t = tabelle(b, d.attributes)
      if t.t then blocks:insert(t) else blocks:extend(t) end
    else blocks:insert(b) end
  end
  local div = pandoc.Div(blocks, pandoc.Attr(d.identifier, {}))
  return d.attributes.seite == "neu" and typst and pandoc.Blocks({SEITE, div}) or div
end

-- a section with seite="neu" begins a new page on paper
function Header(h)
  local neu = h.attributes.seite == "neu"
  h.attributes.seite = nil
  return neu and typst and pandoc.Blocks({SEITE, h}) or h
end

function Div(d)
  for _, klasse in ipairs(d.classes) do
    if klasse == "cell" or klasse:match("^cell%-output") then return d.content end -- Quarto's wrapping of a notebook's cells
    if BAUSTEINE[klasse] then return baustein(d, klasse) end
    if klasse == "kennzahlen" then return kennzahlen(d) end
    if klasse == "schluessel" then return schluessel(d) end
    if klasse == "befund" then return befund(d) end
    if klasse == "datenblatt" then return datenblatt(d) end
  end
  if d.identifier:match("^fig%-") or d.identifier:match("^tbl%-") then return abbildung(d) end
end
