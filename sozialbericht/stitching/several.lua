-- Many texts in one call, the blocks of a document: a code block is read, as pandoc reads its text alone, and what comes out
-- stands in its place as JSON; a div is what a web page holds, and its HTML takes its place. A text that follows itself, with
-- another environment, is parsed once.
local HTML = {wrap_text = "none", html_math_method = "mathml", section_divs = true}

local function umgebung(merkmale)
  local function getenv(name) if name == merkmale.variable then return merkmale.ziel end return os.getenv(name) end
  return setmetatable({os = setmetatable({getenv = getenv}, {__index = os})}, {__index = _G})
end

local function jeder(doc)
  local text, gelesen
  for i, block in ipairs(doc.blocks) do
    local fertig
    if block.t == "Div" then fertig = pandoc.write(pandoc.Pandoc(block.content), "html5", HTML)
    else
      local merkmale = block.attributes
      if block.text ~= text then
        text = block.text
        gelesen = pandoc.read(text, merkmale.format, PANDOC_READER_OPTIONS)
      end
      fertig = pandoc.write(merkmale.filter and pandoc.utils.run_lua_filter(gelesen, merkmale.filter, umgebung(merkmale)) or gelesen, "json")
    end
    doc.blocks[i] = pandoc.CodeBlock(fertig)
  end
  return doc
end

return {{Pandoc = jeder}} -- no global function, which the filters of the texts would find as their own
