-- Reads the texts of a document's code blocks, each as pandoc reads one alone, and puts its document, as JSON, in its place. A text
-- that follows itself, with another environment, is parsed once.
local function umgebung(merkmale)
  local getenv = function(name) if name == merkmale.variable then return merkmale.ziel end return os.getenv(name) end
  return setmetatable({os = setmetatable({getenv = getenv}, {__index = os})}, {__index = _G})
end

function Pandoc(doc)
  local text, gelesen
  for i, block in ipairs(doc.blocks) do
    local merkmale = block.attributes
    if block.text ~= text then
      text = block.text
      gelesen = pandoc.read(text, merkmale.format, PANDOC_READER_OPTIONS)
    end
    local fertig = merkmale.filter and pandoc.utils.run_lua_filter(gelesen, merkmale.filter, umgebung(merkmale)) or gelesen
    doc.blocks[i] = pandoc.CodeBlock(pandoc.write(fertig, "json"))
  end
  return doc
end
