-- The report's own building blocks in a draft for Word, the same for both stitchers: paragraphs with styles of their own,
-- tables of Word, pictures as bitmaps (beside each drawing lies one, made before the draft is stitched).
local ziel = FORMAT == "json" and os.getenv("SOZIALBERICHT_ZIEL") or FORMAT
if ziel ~= "docx" then return {} end

local function stil(name, blocks) return pandoc.Div(blocks, pandoc.Attr("", {}, {{"custom-style", name}})) end
local function absatz(name, inlines) return stil(name, pandoc.Blocks({pandoc.Para(inlines)})) end
local function wort(t) return pandoc.Inlines({pandoc.Str(t)}) end
local function fett(t) return pandoc.Strong({pandoc.Str(t)}) end
-- a decimal comma in a formula is no comma of a list, after which there is room; in words (\text) it is one already
local function dezimal(tex)
  local worte = {}
  tex = tex:gsub("\\text%a*%s*%b{}", function(t) worte[#worte + 1] = t:gsub("{,}", ",") return "\1" .. #worte .. "\2" end)
  tex = tex:gsub("(%d[%d.]*){?,}?(%d+)", "\\text{%1,%2}")
  return (tex:gsub("\1(%d+)\2", function(n) return worte[tonumber(n)] end))
end
local function allein(b)
  return (b.t == "Para" or b.t == "Plain") and #b.content == 1 and b.content[1].t == "Image" and b.content[1] or nil
end

-- a label in front of the first paragraph
local function mit_marke(marke, blocks)
  local alle = pandoc.Blocks({})
  for i, b in ipairs(blocks) do
    if i == 1 and (b.t == "Para" or b.t == "Plain") then
      local anfang = pandoc.Inlines({fett(marke .. ":"), pandoc.Space()})
      anfang:extend(b.content)
      b = pandoc.Para(anfang)
    end
    alle:insert(b)
  end
  return alle
end

local function bild(img)
  local alt = img.attributes["fig-alt"] or ""
  local src = img.src:gsub("%.svg$", ".png")
  if FORMAT ~= "json" then -- Quarto: a picture that is not there would be left out in silence
    local datei = io.open(src, "rb")
    if not datei then
      io.stderr:write('word.lua: Das Bild "' .. src .. '" für Word gibt es nicht.\n  → Den Entwurf mit render.py --format docx machen.\n')
      os.exit(1) -- Quarto goes on after an error of a filter
    end
    datei:close()
  end
  -- not alone in its paragraph: Quarto would print the alternative text as a caption
  return pandoc.Para({pandoc.Image(wort(alt), src), pandoc.Str("\u{200b}")})
end

local function menge(t)
  local m = {}
  for n in (t or ""):gmatch("%d+") do m[tonumber(n)] = true end
  return m
end

-- the columns' shares of the page: of "1fr 26mm" and "rand" (the column of names), else the first is wider
local BREITE, RAND = 170, 45
local function breiten(spalten, anzahl)
  local mm, anteile, fest, lose = {}, {}, 0, 0
  for s in (spalten or ""):gmatch("%S+") do
    local zahl, art = s:match("^([%d.]+)(%a+)$")
    local i = #mm + 1
    mm[i] = s == "rand" and RAND or art == "mm" and tonumber(zahl) or 0
    anteile[i] = art == "fr" and tonumber(zahl) or mm[i] == 0 and 1 or 0
    fest, lose = fest + mm[i], lose + anteile[i]
  end
  if #mm ~= anzahl then
    for i = 1, anzahl do mm[i], anteile[i] = 0, i == 1 and 2 or 1 end
    fest, lose = 0, anzahl + 1
  end
  local rest = math.max(BREITE - fest, lose * 12)
  local ganz, teile = fest + (lose > 0 and rest or 0), {}
  for i = 1, anzahl do teile[i] = (mm[i] + (lose > 0 and anteile[i] / lose * rest or 0)) / ganz end
  return teile
end

-- numbers to the right, words to the left; rows that head a group or sum up are bold
local function tabelle(t, a)
  local links, gruppen = menge(a.links or "0"), menge(a.gruppen)
  local breit = breiten(a.spalten, #t.colspecs)
  for i, _ in ipairs(t.colspecs) do t.colspecs[i] = {links[i - 1] and "AlignLeft" or "AlignRight", breit[i]} end
  for i, zeile in ipairs(t.bodies[1].body) do
    if gruppen[i - 1] then
      for _, zelle in ipairs(zeile.cells) do
        local inhalt = pandoc.utils.blocks_to_inlines(zelle.contents)
        if #inhalt > 0 then zelle.contents = {pandoc.Plain({pandoc.Strong(inhalt)})} end
      end
    end
  end
  return t
end

local FERTIG = "fertig" -- the class of a table that needs nothing more
local function einfache_tabelle(kopf, zeilen, rechts, mm)
  local function reihe(felder)
    local zellen = {}
    for i, f in ipairs(felder) do zellen[i] = pandoc.Cell({pandoc.Plain(f)}) end
    return pandoc.Row(zellen)
  end
  local spalten, rumpf = {}, {}
  local breit = breiten(mm, #kopf)
  for i, _ in ipairs(kopf) do spalten[i] = {rechts[i] and "AlignRight" or "AlignLeft", breit[i]} end
  for i, z in ipairs(zeilen) do rumpf[i] = reihe(z) end
  local kopfzeile = pandoc.TableHead({reihe(kopf)})
  local koerper = {{attr = pandoc.Attr(), body = rumpf, head = {}, row_head_columns = 0}}
  return pandoc.Table({long = {}, short = nil}, spalten, kopfzeile, koerper, pandoc.TableFoot(), pandoc.Attr("", {FERTIG}))
end

-- numbers, names and values of a map's areas: three side by side
local NEBEN = 3
local function schluessel(d)
  local eintraege = {}
  for _, zeile in ipairs(d.content[1].content) do
    local felder = {}
    for _, block in ipairs(zeile) do
      for _, span in ipairs(block.content) do if span.t == "Span" then felder[#felder + 1] = span.content end end
    end
    eintraege[#eintraege + 1] = {felder[1] or {}, felder[2] or {}, felder[3] or {}}
  end
  local hoehe, kopf, rechts, zeilen = math.ceil(#eintraege / NEBEN), {}, {}, {}
  for s = 1, NEBEN do
    for i, name in ipairs({"Nr.", "Gebiet", "Wert"}) do
      kopf[#kopf + 1] = wort(name)
      rechts[#kopf] = i ~= 2
    end
    for z = 1, hoehe do
      zeilen[z] = zeilen[z] or {}
      for _, feld in ipairs(eintraege[(s - 1) * hoehe + z] or {{}, {}, {}}) do zeilen[z][#zeilen[z] + 1] = feld end
    end
  end
  return einfache_tabelle(kopf, zeilen, rechts, ("9mm 1fr 13mm "):rep(NEBEN))
end

local function inhalt(blocks, a)
  local alle = pandoc.Blocks({})
  for _, b in ipairs(blocks) do
    local img = allein(b)
    if img then alle:insert(bild(img))
    elseif b.t == "Table" and not b.attr.classes:includes(FERTIG) then alle:insert(tabelle(b, a))
    else alle:insert(b) end
  end
  return alle
end

local function wert(a)
  local einheit = (a.einheit or "") ~= "" and "\u{a0}" .. a.einheit or ""
  return (a.wert or "") .. einheit
end

local BLOCK = {}
function BLOCK.leitsatz(d) return stil("Leitsatz", d.content) end
function BLOCK.quelle(d) return stil("Quelle", mit_marke("Quelle und Stand", d.content)) end
function BLOCK.lesebeispiel(d) return stil("Lesebeispiel", mit_marke("Lesebeispiel", d.content)) end
function BLOCK.kasten(d)
  local alle = pandoc.Blocks({absatz("Kastentitel", wort(d.attributes.titel or "Hinweis"))})
  alle:insert(stil("Kasten", d.content))
  return alle
end
function BLOCK.kennzahlen(d)
  local alle = pandoc.Blocks({})
  for _, k in ipairs(d.content) do
    alle:insert(absatz("Kennzahlname", wort(k.attributes.name)))
    alle:insert(absatz("Kennzahl", wort(wert(k.attributes))))
    alle:insert(stil("Kennzahlwandel", k.content))
  end
  return alle
end
function BLOCK.schluessel(d) return schluessel(d) end
function BLOCK.befund(d)
  local alle = pandoc.Blocks({absatz("Befundtitel", wort(d.attributes.kopf))})
  alle:extend(inhalt(d.content, d.attributes))
  return alle
end
function BLOCK.bildzeile(d) return inhalt(d.content, d.attributes) end
function BLOCK.hinweiszeile(d)
  local alle = pandoc.Blocks({absatz("Kennzahlname", wort(d.attributes.marke))})
  alle:extend(d.content)
  return alle
end
function BLOCK.seitenliste(d) return pandoc.Blocks({}) end
function BLOCK.datenblatt(d) return d.content end
function BLOCK.bildtafel(d)
  local a, gruppen = d.attributes, menge(d.attributes.gruppen)
  for _, b in ipairs(d.content) do
    if b.t == "Table" then
      for i, zeile in ipairs(b.bodies[1].body) do
        if gruppen[i - 1] then
          zeile.cells[1].col_span = #b.colspecs
          zeile.cells = {zeile.cells[1]}
        end
      end
    end
  end
  return inhalt(d.content, a)
end
function BLOCK.raumblatt(d)
  local a = d.attributes
  local alle = pandoc.Blocks({absatz("Kennzahlname", wort(a.zeile or ""))})
  if (a.sicher or "") ~= "" then alle:insert(absatz("Kennzahlname", wort(a.sicher))) end
  alle:extend(inhalt(d.content, {links = "0 2 3"}))
  if a.fuss then alle:insert(absatz("Quelle", wort(a.fuss))) end
  return alle
end
function BLOCK.zweispalten(d) return d.content end
function BLOCK.gebietsverzeichnis(d) return d.content end
function BLOCK.profilverzeichnis(d) return d.content end
function BLOCK.profilkopf(d)
  local alle = pandoc.Blocks({absatz("Kennzahlname", wort(d.attributes.zeile or ""))})
  alle:extend(inhalt(d.content, d.attributes))
  return alle
end
function BLOCK.urteil(d)
  local a = d.attributes
  local alle = pandoc.Blocks(a.titel ~= "" and {absatz("Befundtitel", wort(a.titel))} or {})
  alle:extend(inhalt(d.content, a))
  return alle
end
function BLOCK.profilbild(d)
  local a = d.attributes
  local alle = pandoc.Blocks({absatz("Image Caption", {fett(a.titel), pandoc.Space(), pandoc.Str(a.einheit or "")})})
  alle:extend(inhalt(d.content, a))
  return alle
end

-- raw text is text, as in the other formats, and what belongs together stays on one line
local function ist_kommentar(t) return t:match("^%s*<!%-%-.*%-%->%s*$") ~= nil end
local filter = dofile((debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "bindung.lua")
function filter.RawInline(r) if not ist_kommentar(r.text) then return pandoc.Str(r.text) end end
function filter.RawBlock(r) if not ist_kommentar(r.text) then return pandoc.Para({pandoc.Str(r.text)}) end end
function filter.Link(l)
  local art = l.target:match("^%s*([%w%+%-%.]+):")
  if art and not ({http = true, https = true, mailto = true})[art:lower()] then return l.content end
end
function filter.Span(s)
  local a = s.attributes
  if a.raum or a.nummer or a.wertung or a.reihe then return s.content end
end
function filter.Math(m) m.text = dezimal(m.text) return m end
function filter.Header(h)
  h.attributes.seite, h.attributes.nummer = nil, nil
  return h
end
function filter.Div(d)
  for _, klasse in ipairs(d.classes) do
    if klasse == "cell" or klasse:match("^cell%-output") then return d.content end -- Quarto's wrapping of a notebook's cells
    if BLOCK[klasse] then return BLOCK[klasse](d) end
  end
  if d.identifier:match("^fig%-") or d.identifier:match("^tbl%-") then
    return pandoc.Div(inhalt(d.content, d.attributes), pandoc.Attr(d.identifier))
  end
end
return {filter}
