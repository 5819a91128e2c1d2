-- The report's own building blocks, the same for both stitchers: Quarto runs this filter before its own ones,
-- the built-in stitcher runs it when it reads a chapter. Divs of the classes below and figures and tables with
-- an identifier become calls of the print template (Typst) or elements of the web theme (HTML).
-- The draft in Word has a filter of its own (word.lua). Any other format would lose figures and the words about the status
-- of the data, so it is refused. Reading a chapter
-- (to json) the built-in stitcher says which of the two it is for.
local ziel = FORMAT == "json" and os.getenv("SOZIALBERICHT_ZIEL") or FORMAT
if ziel == "docx" and os.getenv("SOZIALBERICHT_ZIEL") == "docx" then return {} end -- word.lua does
local typst, html = ziel == "typst", ziel == "html" or ziel == "html5"
if not typst and not html then
  io.stderr:write('bericht.lua: Das Format "' .. ziel .. '" kann dieser Bericht nicht. Abbildungen, Zahlen und der Hinweis auf den Status '
    .. "der Daten gingen verloren.\n  → PDF, Webseiten oder den Entwurf in Word mit render.py machen (--format pdf, html oder docx).\n")
  os.exit(1) -- Quarto goes on after an error of a filter
end

local function als_typst(inhalt) return (pandoc.write(pandoc.Pandoc(inhalt), "typst"):gsub("%s+$", "")) end
local function als_html(inhalt)
  return (pandoc.write(pandoc.Pandoc(inhalt), "html", {wrap_text = "none", html_math_method = "mathml"}):gsub("%s+$", ""))
end
-- Numbers and spans of numbers need no writer, the same words only one call of it, and what stands together one for all: a call
-- takes most of a millisecond, and a table has thousands of cells.
local geschrieben, strich = {}, nil
local function zahl_typst(t)
  if t:match("^%d+$") or t:match("^%d+,%d+$") or t:match("^%d+%.%d%d%d$") then return t end
  local von, bis = t:match("^(%d+,?%d*)–(%d+,?%d*)$")
  if not von then return nil end
  strich = strich or als_typst({pandoc.Plain({pandoc.Str("0–0")})}):sub(2, -2)
  return von .. strich .. bis
end
-- What tells words from others; nil where there is more than words, emphasis and spans.
local function kennung(inlines)
  if #inlines == 1 and inlines[1].t == "Str" then return inlines[1].text end
  local teile = {}
  for _, i in ipairs(inlines) do
    local art = i.t
    if art == "Str" then teile[#teile + 1] = i.text
    elseif art == "Space" then teile[#teile + 1] = " "
    elseif art == "RawInline" then teile[#teile + 1] = "\0Raw" .. i.format .. "\1" .. i.text .. "\2"
    elseif art == "Strong" or art == "Span" then
      local innen = kennung(i.content)
      if not innen then return nil end
      local a, merkmale = art == "Span" and i.attr or nil, {}
      for name, wert in pairs(a and a.attributes or {}) do merkmale[#merkmale + 1] = name .. "=" .. wert end
      table.sort(merkmale)
      local kopf = a and a.identifier .. "." .. table.concat(a.classes, ".") .. ";" .. table.concat(merkmale, ";") or ""
      teile[#teile + 1] = "\0" .. art .. kopf .. "\1" .. innen .. "\2"
    else return nil end
  end
  return table.concat(teile)
end
local function zeile_typst(inlines)
  local schluessel = kennung(inlines)
  if not schluessel then return als_typst({pandoc.Plain(inlines)}) end
  if not geschrieben[schluessel] then
    geschrieben[schluessel] = #inlines == 1 and zahl_typst(schluessel) or als_typst({pandoc.Plain(inlines)})
  end
  return geschrieben[schluessel]
end
-- writes in one go what will be asked for of a block: the words of its cells, entries and attributes, or of its spans alone
local TRENNER = "§§§"
local function vorab(block, spannen)
  local art, namen, inhalt = typst and "typst" or "html", {}, pandoc.Blocks({})
  local function merken(inlines)
    local schluessel = kennung(inlines)
    local allein = schluessel and #inlines == 1 and inlines[1].t == "Str"
    if schluessel and not geschrieben[schluessel] and not (allein and (html or zahl_typst(schluessel))) then
      geschrieben[schluessel], namen[#namen + 1] = "", schluessel
      inhalt:extend({pandoc.Plain(inlines), pandoc.RawBlock(art, TRENNER)})
    end
  end
  local function merkmale(d) for _, wert in pairs(d.attributes) do merken({pandoc.Str(wert)}) end end
  if typst then merkmale(block) end
  block:walk(spannen and {Span = function(s) merken(s.content) end} or {Div = merkmale, Plain = function(p) merken(p.content) end})
  if #namen == 0 then return end
  local n = 0
  for text in (typst and als_typst or als_html)(inhalt):gmatch("(.-)" .. TRENNER) do
    n = n + 1
    geschrieben[namen[n]] = text:gsub("^\n+", ""):gsub("%s+$", "")
  end
end
local PFEILE = {["↗"] = true, ["→"] = true, ["↘"] = true} -- the sans lacks them
-- a book of the law and its number, with a hyphen that is no place to break; a hyphen behind it ends the line, never begins one
local GESETZ = "%u%u%u%-[IVX]+%-?"
local function text_typst(t)
  local gesetzt = zeile_typst({pandoc.Str(t)}):gsub(GESETZ, "#box[%0];")
  for pfeil in pairs(PFEILE) do gesetzt = gesetzt:gsub(pfeil, '#pfeil("' .. pfeil .. '");') end
  return gesetzt
end
-- a decimal comma in a formula is no comma of a list, after which there is room; in words (\text) it is one already
local function dezimal(tex)
  local worte = {}
  tex = tex:gsub("\\text%a*%s*%b{}", function(t) worte[#worte + 1] = t:gsub("{,}", ",") return "\1" .. #worte .. "\2" end)
  tex = tex:gsub("(%d[%d.]*){?,}?(%d+)", "\\text{%1,%2}")
  return (tex:gsub("\1(%d+)\2", function(n) return worte[tonumber(n)] end))
end
local function kette(t) return '"' .. t:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end
local function roh(t) return pandoc.RawBlock("typst", t) end
local SEITE = roh("#pagebreak(weak: true)")
local function html_text(t) return (t:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;")) end
local function inline_html(inlines)
  if #inlines == 1 and inlines[1].t == "Str" then return html_text(inlines[1].text) end
  local schluessel = kennung(inlines)
  return schluessel and geschrieben[schluessel] or als_html({pandoc.Plain(inlines)})
end
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
  local klein = #d.content > 3 -- four in a row are set smaller
  if html then blocks:insert(pandoc.RawBlock("html", '<dl class="kennzahlen">')) else blocks:insert(roh("#kennzahlen(")) end
  for _, k in ipairs(d.content) do
    local a = k.attributes
    if html then
      local einheit = a.einheit ~= "" and "&#8239;<small>" .. html_text(a.einheit) .. "</small>" or ""
      blocks:insert(pandoc.RawBlock("html", "<div><dt>" .. html_text(a.name) .. '</dt><dd class="wert">' .. html_text(a.wert) .. einheit .. '</dd><dd class="wandel">'))
      blocks:insert(pandoc.Plain(pandoc.utils.blocks_to_inlines(k.content)))
      blocks:insert(pandoc.RawBlock("html", "</dd></div>"))
    else
      blocks:insert(roh("kennzahl([" .. text_typst(a.name) .. "], [" .. text_typst(a.wert) .. "], [" .. text_typst(a.einheit or "") .. "]" .. (klein and ", groesse: 22pt" or "") .. ")["))
      blocks:extend(k.content)
      blocks:insert(roh("],"))
    end
  end
  blocks:insert(html and pandoc.RawBlock("html", "</dl>") or roh(")"))
  return blocks
end

-- key of numbers, names and values beside a map: a list "1. Name · value"
local function schluessel(d)
  vorab(d, true)
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
        f[i] = "<span>" .. (felder[i] and inline_html(felder[i]) or "") .. "</span>"
      end
      teile[#teile + 1] = "<li>" .. table.concat(f, " ") .. "</li>"
    end
  end
  if typst then return roh("#schluessel(" .. table.concat(teile, ", ") .. ",)") end
  return pandoc.RawBlock("html", '<ul class="schluessel">' .. table.concat(teile) .. "</ul>")
end

-- the sheet of an indicator: a definition list, its terms in the label column
local function datenblatt(d)
  if not typst then return pandoc.Div(d.content, pandoc.Attr(d.identifier, {"datenblatt"})) end
  local blocks = pandoc.Blocks({roh("#datenblatt(" .. (d.attributes.dicht and "unten: 4mm, " or ""))})
  for _, eintrag in ipairs(d.content[1].content) do -- what is meant may refer to a chapter: the stitcher writes it
    local inhalt, verweist = pandoc.Plain(pandoc.utils.blocks_to_inlines(eintrag[2][1])), false
    inhalt:walk({Cite = function() verweist = true end})
    local anfang = "([" .. zeile_typst(eintrag[1]) .. "], ["
    if verweist then blocks:extend(umhuellt(anfang, {inhalt}, "]),"))
    else blocks:insert(roh(anfang .. zeile_typst(inhalt.content) .. "]),")) end
  end
  blocks:insert(roh(")"))
  return blocks
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
    local blocks = zelle.contents
    local inhalt = #blocks == 1 and blocks[1].t == "Plain" and blocks[1].content or pandoc.utils.blocks_to_inlines(blocks)
    z[#z + 1] = "[" .. zeile_typst(inhalt) .. "]"
  end
  return "(" .. table.concat(z, ", ") .. ",)"
end

-- the first row of the body as a head above the head, its cells over the columns in ueber ("1-3 4-9", from 0)
local function ueberkopf(t, a)
  if not a.ueber then return nil end
  local zeile, spannen, ab = table.remove(t.bodies[1].body, 1), {}, 0
  for von, bis in a.ueber:gmatch("(%d+)%-(%d+)") do
    von, bis = tonumber(von), tonumber(bis)
    if von > ab then spannen[#spannen + 1] = {ab, von - 1, {}} end
    spannen[#spannen + 1] = {von, bis, pandoc.utils.blocks_to_inlines(zeile.cells[von + 1].contents)}
    ab = bis + 1
  end
  return spannen
end

local function ueber_typst(spannen)
  local z = {}
  for i, s in ipairs(spannen or {}) do z[i] = "(" .. s[1] .. ", " .. s[2] .. ", [" .. zeile_typst(s[3]) .. "])" end
  return #z > 0 and ", ueber: (" .. table.concat(z, ", ") .. ",)" or ""
end

local function tabelle(t, a)
  local ueber = ueberkopf(t, a)
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
      .. liste(a.gruppen) .. ", links: " .. (a.links and liste(a.links) or "(0,)") .. ueber_typst(ueber) .. breit .. ")")
  end
  if ueber then
    local zellen_oben = {}
    for i, s in ipairs(ueber) do
      local leer = #s[3] == 0
      zellen_oben[i] = pandoc.Cell(leer and {} or {pandoc.Plain(s[3])}, "AlignLeft", 1, s[2] - s[1] + 1, pandoc.Attr("", {leer and "leer" or "ueber"}))
    end
    t.head.rows:insert(1, pandoc.Row(zellen_oben))
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

-- a table and beside it a picture whose rows are as high (hoehen in mm, the head first; breite: of the picture, mm); a row
-- of one cell heads a group; what follows the picture stands below both. On the web a millimetre is .34rem.
local MM = .34
local function zahlen(t, ende)
  local z = {}
  for n in (t or ""):gmatch("[%d.]+") do z[#z + 1] = n .. (ende or "") end
  return z
end
local function menge(t)
  local m = {}
  for _, n in ipairs(zahlen(t)) do m[tonumber(n)] = true end
  return m
end

local function bildtafel(d)
  local a, t, img, notiz = d.attributes, nil, nil, pandoc.Blocks({})
  for _, b in ipairs(d.content) do
    if b.t == "Table" then t = b
    elseif b.t == "Para" and #b.content == 1 and b.content[1].t == "Image" then img = b.content[1]
    else notiz:insert(b) end
  end
  local hoehen = zahlen(a.hoehen)
  if typst then
    local rumpf = {}
    for i, zeile in ipairs(t.bodies[1].body) do rumpf[i] = zellen(zeile):gsub("^%(%[#nr%[", "(nummeriert[#nr[") end
    local spalten = {}
    for s in a.spalten:gmatch("%S+") do spalten[#spalten + 1] = s end
    local anfang = "#bildtafel((" .. table.concat(spalten, ", ") .. ",), (" .. table.concat(zahlen(a.hoehen, "mm"), ", ") .. ",), " .. zellen(t.head.rows[1])
      .. ", (" .. table.concat(rumpf, ",\n") .. ",), gruppen: " .. liste(a.gruppen) .. ", links: " .. liste(a.links) .. ", blass: " .. liste(a.grau)
      .. ", linien: " .. liste(a.linien) .. ", breite: " .. a.breite .. "mm, bild(" .. kette(img.src) .. ", " .. kette(img.attributes["fig-alt"]) .. "))["
    return umhuellt(a.voll and "#voll(" .. anfang:sub(2) or anfang, notiz, a.voll and "])" or "]")
  end
  local links, grau, gruppen, linien = menge(a.links), menge(a.grau), menge(a.gruppen), menge(a.linien)
  local function rem(mm) return ("%.3frem"):format(tonumber(mm) * MM) end
  t.bodies[1].row_head_columns = 1
  for i, _ in ipairs(t.colspecs) do t.colspecs[i] = {links[i - 1] and "AlignLeft" or "AlignRight", nil} end
  t.head.rows[1].attr = pandoc.Attr("", {}, {style = "height:" .. rem(hoehen[1])})
  for i, zeile in ipairs(t.bodies[1].body) do
    local klassen = {}
    if gruppen[i - 1] then
      klassen[1] = "gruppe"
      local kopf = zeile.cells[1]
      kopf.col_span = #t.colspecs
      zeile.cells = {kopf}
    end
    if linien[i - 1] then klassen[#klassen + 1] = "linie" end
    for k, zelle in ipairs(zeile.cells) do if grau[k - 1] then zelle.attr = pandoc.Attr("", {"blass"}) end end
    zeile.attr = pandoc.Attr("", klassen, {style = "height:" .. rem(hoehen[i + 1])})
  end
  local region = {{"tabindex", "0"}, {"role", "region"}, {"aria-label", "Tabelle, seitlich verschiebbar"}}
  local teile = {
    pandoc.Div({t}, pandoc.Attr("", {"tafel"}, region)),
    pandoc.Div({bild(img)}, pandoc.Attr("", {"daneben"}, {style = "width:" .. rem(a.breite)})),
  }
  if #notiz > 0 then teile[3] = pandoc.Div(notiz, pandoc.Attr("", {"notiz"})) end
  return pandoc.Div(teile, pandoc.Attr("", {"bildtafel", a.voll and "voll" or nil}))
end

-- the pictures and tables among blocks, set
local function gesetzt(inhalt, a)
  local blocks = pandoc.Blocks({})
  for _, b in ipairs(inhalt) do
    local img = (b.t == "Para" or b.t == "Plain") and #b.content == 1 and b.content[1].t == "Image" and b.content[1]
    if img then blocks:insert(bild(img))
    elseif b.t == "Table" then
      local t = tabelle(b, a)
      if t.t then blocks:insert(t) else blocks:extend(t) end
    else blocks:insert(b) end
  end
  return blocks
end

local function abbildung(d)
  local div = pandoc.Div(gesetzt(d.content, d.attributes), pandoc.Attr(d.identifier, {}))
  return d.attributes.seite == "neu" and typst and pandoc.Blocks({SEITE, div}) or div
end

-- a finding of the summary: heading, picture or table, words; a picture over the whole width; a line with a word before it
local function befund(d)
  local a, blocks = d.attributes, gesetzt(d.content, d.attributes)
  if typst then return umhuellt("#befund([" .. text_typst(a.kopf) .. "])[", blocks, "]") end
  blocks:insert(1, pandoc.RawBlock("html", '<section class="befund"><h2>' .. html_text(a.kopf) .. "</h2>"))
  blocks:insert(pandoc.RawBlock("html", "</section>"))
  return blocks
end
local function bildzeile(d)
  local img = d.content[1].content[1]
  if typst then return umhuellt("#bildzeile[", pandoc.Blocks({bild(img)}), "]") end
  return pandoc.Div({bild(img)}, pandoc.Attr("", {"bildzeile"}))
end
local function hinweiszeile(d)
  local a = d.attributes
  if typst then return umhuellt("#hinweiszeile([" .. text_typst(a.marke) .. "], klein: " .. (a.klein and "true" or "false") .. ")[", d.content, "]") end
  local marke = pandoc.Div({pandoc.Plain({pandoc.Str(a.marke)})}, pandoc.Attr("", {"marke"}))
  return pandoc.Div({marke, pandoc.Div(d.content, pandoc.Attr("", {"rumpf"}))}, pandoc.Attr("", {"hinweiszeile", a.klein and "klein" or nil}))
end
local function seitenliste(d)
  local a = d.attributes
  if not typst then
    return pandoc.Div({pandoc.RawBlock("html", "<h2>" .. html_text((a.titel:gsub(":[^:]*$", ""))) .. "</h2>"), d.content[1]}, pandoc.Attr("", {"seitenliste"}))
  end
  local zeilen = {}
  for _, eintrag in ipairs(d.content[1].content) do
    local inhalt, seite = eintrag[1].content, nil
    seite = inhalt:remove(#inhalt)
    zeilen[#zeilen + 1] = "([" .. zeile_typst(inhalt) .. "], [" .. zeile_typst(pandoc.Inlines({seite})) .. "], " .. kette(seite.text:match('"(.-)"')) .. "),"
  end
  return roh("#seitenliste([" .. text_typst(a.titel) .. "],\n" .. table.concat(zeilen, "\n") .. ")")
end

-- the list of profiles: groups with a link or a plain heading, under each a list "link, districts"
local function profilverzeichnis(d)
  if not typst then return pandoc.Div(d.content, pandoc.Attr("", {"profilverzeichnis"})) end
  local function zeile(plain)
    local name, ziel, bezirke = plain.content, "none", "[]"
    for _, e in ipairs(plain.content) do
      if e.t == "Link" then name, ziel = e.content, "<" .. e.target:gsub("^.*#", "") .. ">" end
      if e.t == "Span" then bezirke = "[" .. zeile_typst(e.content) .. "]" end
    end
    return "[" .. zeile_typst(name) .. "], " .. ziel, bezirke
  end
  local gruppen = {}
  for _, gruppe in ipairs(d.content[1].content) do
    local zeilen = {}
    if gruppe[2] then
      for _, eintrag in ipairs(gruppe[2].content) do
        local wohin, bezirke = zeile(eintrag[1])
        zeilen[#zeilen + 1] = "(" .. wohin .. ", " .. bezirke .. "),"
      end
    end
    gruppen[#gruppen + 1] = "(" .. zeile(gruppe[1]) .. ", (" .. table.concat(zeilen, " ") .. ")),"
  end
  return roh("#profilverzeichnis(\n" .. table.concat(gruppen, "\n") .. "\n)")
end

-- the index of areas: a table whose last column is for the volume of profiles, which the web has no need of
local function gebietsverzeichnis(d)
  local a, t = d.attributes, d.content[1]
  local reihen = {}
  for _, zeile in ipairs(t.bodies[1].body) do
    local name = pandoc.utils.blocks_to_inlines(zeile.cells[1].contents)[1]
    reihen[#reihen + 1] = {zeile, name ~= nil and name.t == "Strong"}
  end
  if typst then
    local rumpf = {}
    for i, r in ipairs(reihen) do rumpf[i] = "(fett: " .. tostring(r[2]) .. ", felder: " .. zellen(r[1]) .. ")" end
    return roh("#gebietsverzeichnis([" .. text_typst(a.band or "") .. "], " .. zellen(t.head.rows[1]) .. ",\n" .. table.concat(rumpf, ",\n") .. ")")
  end
  t.bodies[1].row_head_columns = 1
  t.colspecs[#t.colspecs] = nil
  for i, _ in ipairs(t.colspecs) do t.colspecs[i] = {i == 1 and "AlignLeft" or "AlignRight", nil} end
  t.head.rows[1].cells[#t.head.rows[1].cells] = nil
  for _, r in ipairs(reihen) do
    r[1].cells[#r[1].cells] = nil
    if not r[2] then r[1].attr = pandoc.Attr("", {"bezirk"}) end
  end
  return pandoc.Div({t}, pandoc.Attr("", {"tafel", "gebietsverzeichnis"}, {{"tabindex", "0"}, {"role", "region"}, {"aria-label", "Tabelle, seitlich verschiebbar"}}))
end

-- the parts of a profile: head with locator and lead, two columns, burdens and strengths, figures without a number
local function aufgeteilt(d)
  local bild_in, rest = nil, pandoc.Blocks({})
  for _, b in ipairs(d.content) do
    local img = (b.t == "Para" or b.t == "Plain") and #b.content == 1 and b.content[1].t == "Image" and b.content[1]
    if img and not bild_in then bild_in = img else rest:insert(b) end
  end
  return bild_in, rest
end

local function profilkopf(d)
  local a, img, text = d.attributes, aufgeteilt(d)
  if typst then
    local karte = img and "bild(" .. kette(img.src) .. ", " .. kette(img.attributes["fig-alt"]) .. ")" or "none"
    return umhuellt("#profilkopf([" .. text_typst(a.zeile) .. "], [" .. text_typst(a.lage) .. "], " .. karte .. ")[", text, "]")
  end
  local karte = "" -- without polygons there is no map of the place
  if img then
    karte = '<img src="' .. img.src:gsub("%.svg$", "") .. '.web.svg" alt="' .. html_text(img.attributes["fig-alt"]) .. '"><span>'
      .. html_text(a.lage) .. "</span>"
  end
  local art = a.nummer ~= "" and html_text(a.art .. " " .. a.nummer) .. " · " or ""
  local blocks = pandoc.Blocks({pandoc.RawBlock("html", '<div class="profilkopf"><div class="lage">' .. karte
    .. '</div><div class="rumpf"><p class="zeile">' .. art
    .. html_text(a.zeile) .. "</p>")})
  blocks:extend(text)
  blocks:insert(pandoc.RawBlock("html", "</div></div>"))
  return blocks
end

local function urteil(d)
  local a, blocks = d.attributes, gesetzt(d.content, d.attributes)
  if typst then return umhuellt("#urteil([" .. text_typst(a.titel) .. "], " .. kette(a.art) .. ", ebene: " .. (a.ebene or "2") .. ")[", blocks, "]") end
  local kopf = "h" .. (a.ebene or "2")
  local titel = a.titel ~= "" and "<" .. kopf .. ">" .. html_text(a.titel) .. "</" .. kopf .. ">" or ""
  blocks:insert(1, pandoc.RawBlock("html", '<div class="urteil ' .. html_text(a.art) .. '">' .. titel))
  blocks:insert(pandoc.RawBlock("html", "</div>"))
  return blocks
end

-- an area on half a page: locator and a table of values (name, value, position, trend) at the left, at the right a line and
-- what is judged; the signs below
local function raumblatt(d)
  local a, img, werte, rumpf = d.attributes, nil, nil, pandoc.Blocks({})
  for _, b in ipairs(d.content) do
    local bild_darin = b.t == "Para" and #b.content == 1 and b.content[1].t == "Image" and b.content[1]
    if bild_darin and not img and not werte then img = bild_darin
    elseif b.t == "Table" and not werte then werte = b
    else rumpf:insert(b) end
  end
  if typst then
    local karte, w = img and "bild(" .. kette(img.src) .. ", " .. kette(img.attributes["fig-alt"]) .. ")" or "none", {}
    for i, zeile in ipairs(werte.bodies[1].body) do w[i] = zellen(zeile) end
    local fuss = a.fuss and "[" .. text_typst(a.fuss) .. "]" or "none"
    return umhuellt("#raumblatt([" .. text_typst(a.zeile) .. "], [" .. text_typst(a.sicher or "") .. "], " .. karte .. ", "
      .. zellen(werte.head.rows[1]) .. ", (" .. table.concat(w, ", ") .. ",), fuss: " .. fuss .. (a.letztes and ", letztes: true" or "") .. ")[", rumpf, "]")
  end
  local lage = ""
  if img then
    lage = '<img src="' .. img.src:gsub("%.svg$", "") .. '.web.svg" alt="' .. html_text(img.attributes["fig-alt"]) .. '">'
  end
  local sicher = (a.sicher or "") ~= "" and "<br>" .. html_text(a.sicher) or ""
  local blocks = pandoc.Blocks({pandoc.RawBlock("html", '<div class="raumblatt"><div class="lage">' .. lage)})
  werte.bodies[1].row_head_columns = 1
  for i, _ in ipairs(werte.colspecs) do werte.colspecs[i] = {i == 2 and "AlignRight" or "AlignLeft", nil} end
  blocks:insert(werte)
  blocks:insert(pandoc.RawBlock("html", '</div><div class="rumpf"><p class="zeile">' .. html_text(a.zeile) .. sicher .. "</p>"))
  blocks:extend(rumpf)
  if a.fuss and a.letztes then blocks:insert(pandoc.RawBlock("html", '<p class="zeichen">' .. html_text(a.fuss) .. "</p>")) end
  blocks:insert(pandoc.RawBlock("html", "</div></div>"))
  return blocks
end

local function profilbild(d)
  local a, blocks = d.attributes, gesetzt(d.content, d.attributes)
  if typst then
    local teile = umhuellt("#profilbild([" .. text_typst(a.marke or "") .. "], [" .. text_typst(a.titel) .. "], [" .. text_typst(a.einheit or "") .. "])[", blocks, "]")
    if a.seite == "neu" then teile:insert(1, SEITE) end
    return teile
  end
  local marke = a.marke and '<span class="nummer">' .. html_text(a.marke) .. "</span>" or ""
  blocks:insert(1, pandoc.RawBlock("html", '<figure class="profilbild' .. (a.marke and "" or " halb") .. '"><figcaption>' .. marke .. '<span class="text"><strong>'
    .. html_text(a.titel) .. "</strong> " .. html_text(a.einheit or "") .. "</span></figcaption>"))
  blocks:insert(pandoc.RawBlock("html", "</figure>"))
  return blocks
end

-- its parts are called before it: each is a run of blocks that begins with "#urteil(" or "#profilbild("
local function zweispalten(d)
  if not typst then
    local blocks = pandoc.Blocks({pandoc.RawBlock("html", '<div class="zweispalten">')})
    blocks:extend(d.content)
    blocks:insert(pandoc.RawBlock("html", "</div>"))
    return blocks
  end
  local blocks, offen = pandoc.Blocks({roh("#zweispalten(")}), false
  for _, b in ipairs(d.content) do
    local beginnt = b.t == "RawBlock" and (b.text:match("^#urteil%(") or b.text:match("^#profilbild%(") or b.text:match("^#befund%(") or b.text:match("^#quelle%["))
    if beginnt then
      if offen then blocks:insert(roh("],")) end
      blocks:insert(roh(b.text:match("^#quelle%[") and "fuss: [" or "["))
      offen = true
    end
    blocks:insert(b)
  end
  blocks:insert(roh("])"))
  return blocks
end

-- raw text is text: nothing but the report's own blocks writes HTML or Typst; Quarto marks its files with comments
local function ist_kommentar(t) return t:match("^%s*<!%-%-.*%-%->%s*$") ~= nil end
function RawInline(r) if not ist_kommentar(r.text) then return pandoc.Str(r.text) end end
function RawBlock(r) if not ist_kommentar(r.text) then return pandoc.Para({pandoc.Str(r.text)}) end end

-- a link leads to a page or a place of the report, to the web or to a mailbox, and nowhere else
function Link(l)
  local art = l.target:match("^%s*([%w%+%-%.]+):")
  if art and not ({http = true, https = true, mailto = true})[art:lower()] then return l.content end
end

-- what Typst would read as an ellipsis or as a hyphen that does not show is text, too; the sans lacks arrows
function Str(s)
  local davor, gesetz, danach = s.text:match("^(.-)(" .. GESETZ .. ")(.*)$")
  if gesetz then
    local fest = typst and pandoc.RawInline("typst", "#box[" .. gesetz .. "];") or pandoc.Span({pandoc.Str(gesetz)}, pandoc.Attr("", {"fest"}))
    local teile = pandoc.Inlines({fest})
    if davor ~= "" then teile:insert(1, pandoc.Str(davor)) end
    if danach ~= "" then teile:insert(pandoc.Str(danach)) end
    return teile
  end
  if typst and PFEILE[s.text] then return pandoc.RawInline("typst", "#pfeil(" .. kette(s.text) .. ")") end
  if typst and (s.text:find("...", 1, true) or s.text:find("-?", 1, true)) then
    return pandoc.RawInline("typst", "#" .. kette(s.text) .. ";")
  end
end

local bindung = dofile((debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "bindung.lua")
BulletList, OrderedList, DefinitionList, Para = bindung.BulletList, bindung.OrderedList, bindung.DefinitionList, bindung.Para

-- what may be marked in a cell: the name of an area (its raum_id leads the links of the web) and its number; a sign and a
-- word with the judgement (plus, minus, ohne)
local ZEICHEN = {["▲"] = "über dem {stadt.gesamtwert}", ["▼"] = "unter dem {stadt.gesamtwert}", ["≈"] = "im Bereich des {stadt.gesamtwert}s"} -- a sign alone, spoken
function Span(s)
  local a = s.attributes
  if a.raum then return typst and s.content or nil end
  if a.lang then -- words of another language: read aloud and divided as such
    local sprache, land = a.lang:match("^(%a+)%-?(%a*)$")
    local region = land and land ~= "" and kette(land) or "none" -- else the report's own would hold
    return typst and sprache and pandoc.RawInline("typst", "#text(lang: " .. kette(sprache) .. ", region: " .. region .. ")[" .. zeile_typst(s.content) .. "]") or nil
  end
  if a.seite then -- the page of a heading in print; on the web the words lead there
    local sonst = zeile_typst(s.content)
    return typst and pandoc.RawInline("typst", "#seitenzahl(" .. kette(a.seite) .. ", vor: [" .. text_typst(a.vor or "") .. "])[" .. sonst .. "]") or nil
  end
  if a.reihe then -- the pages of all figures of a kind; on the web the words
    return typst and pandoc.RawInline("typst", "#seitenreihe(" .. kette("-" .. a.reihe) .. ")[" .. zeile_typst(s.content) .. "]") or s.content
  end
  if a.nummer then
    return typst and pandoc.RawInline("typst", "#nr[" .. zeile_typst(s.content) .. "]") or pandoc.Span(s.content, pandoc.Attr("", {"nr"}))
  end
  if not a.wertung then return nil end
  local wort, zeichen = s.content:clone(), ""
  if wort[1].t == "Str" and ZEICHEN[wort[1].text] then
    zeichen = table.remove(wort, 1).text
    table.remove(wort, 1)
  end
  if typst then return pandoc.RawInline("typst", '#lagewort("' .. zeichen .. '", [' .. zeile_typst(wort) .. "], " .. kette(a.wertung) .. ")") end
  if zeichen ~= "" and #wort == 0 then
    local lage = ZEICHEN[zeichen]
    return pandoc.Span({pandoc.Str(zeichen)}, pandoc.Attr("", {"wertung", a.wertung}, {{"role", "img"}, {"aria-label", lage}, {"title", lage}}))
  end
  if zeichen ~= "" then
    wort:insert(1, pandoc.Space())
    wort:insert(1, pandoc.Span({pandoc.Str(zeichen)}, pandoc.Attr("", {"zeichen"})))
  end
  return pandoc.Span(wort, pandoc.Attr("", {"wertung", a.wertung}))
end

-- a formula, on paper with its source as what is read aloud
function Math(m)
  local quelle = m.text:gsub("{,}", ","):gsub("%s+", " ")
  m.text = dezimal(m.text)
  if not typst then return m end
  return pandoc.RawInline("typst", "#[#set math.equation(alt: " .. kette(quelle) .. ");" .. als_typst({pandoc.Plain({m})}) .. "]")
end

-- a section with seite="neu" begins a new page on paper
function Header(h)
  local neu, nummer = h.attributes.seite == "neu", h.attributes.nummer
  h.attributes.seite, h.attributes.nummer = nil, nil
  if not typst then return h end
  local blocks = pandoc.Blocks({h})
  if nummer then blocks:insert(1, roh("#profilnummer.update([" .. text_typst(nummer) .. "])")) end
  if neu then blocks:insert(1, SEITE) end
  -- where the source of a single profile begins
  if h.level == 1 and h.identifier:match("^sec%-profil") then blocks:insert(1, roh("// profil: " .. h.identifier)) end
  return blocks
end

function Div(d)
  for _, klasse in ipairs(d.classes) do
    if klasse == "cell" or klasse:match("^cell%-output") then return d.content end -- Quarto's wrapping of a notebook's cells
  end
  if typst and not d.classes:includes("schluessel") then vorab(d) end
  for _, klasse in ipairs(d.classes) do
    if BAUSTEINE[klasse] then return baustein(d, klasse) end
    if klasse == "kennzahlen" then return kennzahlen(d) end
    if klasse == "schluessel" then return schluessel(d) end
    if klasse == "befund" then return befund(d) end
    if klasse == "bildzeile" then return bildzeile(d) end
    if klasse == "hinweiszeile" then return hinweiszeile(d) end
    if klasse == "seitenliste" then return seitenliste(d) end
    if klasse == "datenblatt" then return datenblatt(d) end
    if klasse == "raumblatt" then return raumblatt(d) end
    if klasse == "profilkopf" then return profilkopf(d) end
    if klasse == "urteil" then return urteil(d) end
    if klasse == "profilbild" then return profilbild(d) end
    if klasse == "bildtafel" then return bildtafel(d) end
    if klasse == "zweispalten" then return zweispalten(d) end
    if klasse == "profilverzeichnis" then return profilverzeichnis(d) end
    if klasse == "gebietsverzeichnis" then return gebietsverzeichnis(d) end
  end
  if d.identifier:match("^fig%-") or d.identifier:match("^tbl%-") then return abbildung(d) end
end

-- in print a long list of terms stands in two columns; a figure may move, with the reading example that follows it, where text
-- follows that fills the page it leaves
local LANG = 20
local function rangfolge(b) -- takes a page of its own wherever it stands
  return b.content[1].t == "RawBlock" and b.content[1].text:match("^#bildtafel") ~= nil
end
function Pandoc(doc)
  if not typst then return nil end
  local blocks, letzter = pandoc.Blocks({}), 0
  for i, b in ipairs(doc.blocks) do
    if b.t == "Para" and not (doc.blocks[i - 1] and doc.blocks[i - 1].t == "RawBlock" and doc.blocks[i - 1].text == "#lesebeispiel[") then letzter = i end
  end
  local i = 1
  while i <= #doc.blocks do
    local b = doc.blocks[i]
    local anfang = b.t == "Div" and b.identifier:match("^fig%-") and (i < letzter and not rangfolge(b) and "#schwebend[" or "#folgend[")
    if b.t == "DefinitionList" and #b.content >= LANG then blocks:extend(umhuellt("#spalten[", {b}, "]"))
    elseif anfang then
      local teile = pandoc.Blocks({b})
      local danach = doc.blocks[i + 1]
      if danach and danach.t == "RawBlock" and danach.text == "#lesebeispiel[" then
        repeat
          i = i + 1
          teile:insert(doc.blocks[i])
        until doc.blocks[i].t == "RawBlock" and doc.blocks[i].text == "]"
      end
      blocks:extend(umhuellt(anfang, teile, "]"))
    else blocks:insert(b) end
    i = i + 1
  end
  doc.blocks = blocks
  return doc
end
