// Judges a PDF by the rules of veraPDF's own engine. The shell in the same archive runs this, no compiler is needed.
// Arguments: the PDF, the rules (PDFUA_1, PDFA_2_A), the name of their file. Prints how many assertions were made, then
// every rule that failed, with its count. The archive lacks what reads the rules from XML, so they are read here.
(function (path, flavour, file) {
  var profiles = Packages.org.verapdf.pdfa.validation.profiles.Profiles;
  var Flavour = Packages.org.verapdf.pdfa.flavours.PDFAFlavour, rules = Flavour.valueOf(flavour);
  var stream = java.lang.ClassLoader.getSystemResourceAsStream("org/verapdf/pdfa/validation/" + file);
  var tree = Packages.javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream);
  var all = function (name) {
    var found = tree.getElementsByTagName(name), list = [];
    for (var i = 0; i < found.getLength(); i++) list.push(found.item(i));
    return list;
  };
  var text = function (node, name) {
    var found = node.getElementsByTagName(name);
    return found.getLength() ? String(found.item(0).getTextContent()) : "";
  };
  var own = new java.util.HashSet(), variables = new java.util.HashSet(), none = new java.util.ArrayList();
  all("rule").forEach(function (node) {
    var id = node.getElementsByTagName("id").item(0);
    var specification = Flavour.Specification.valueOf(id.getAttribute("specification"));
    own.add(profiles["ruleFromValues(org.verapdf.pdfa.validation.profiles.RuleId,java.lang.String,java.lang.Boolean,java.lang.String,java.lang.String,java.lang.String,org.verapdf.pdfa.validation.profiles.ErrorDetails,java.util.List)"](
      profiles.ruleIdFromValues(specification, id.getAttribute("clause"), parseInt(id.getAttribute("testNumber"), 10)),
      node.getAttribute("object"), java.lang.Boolean.valueOf(node.getAttribute("deferred")), node.getAttribute("tags"),
      text(node, "description"), text(node, "test"), profiles.errorFromValues("–", none), none));
  });
  all("variable").forEach(function (node) {
    variables.add(profiles.variableFromValues(
      node.getAttribute("name"), node.getAttribute("object"), text(node, "defaultValue"), text(node, "value")));
  });
  var details = profiles.profileDetailsFromValues(flavour, "–", "–", new java.util.Date(0));
  var profile = profiles.profileFromValues(rules, details, "–", own, variables);
  Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
  var foundry = Packages.org.verapdf.pdfa.Foundries.defaultInstance();
  var parser = foundry.createParser(new java.io.File(path), rules);
  var validator = foundry["createValidator(org.verapdf.pdfa.validation.profiles.ValidationProfile,boolean)"](profile, false);
  var result = validator.validate(parser);
  print("rules " + own.size() + " assertions " + result.getTotalAssertions() + " compliant " + result.isCompliant());
  for (var failed = result.getFailedChecks().entrySet().iterator(); failed.hasNext();) {
    var one = failed.next();
    print("failed " + one.getKey().getClause() + "-" + one.getKey().getTestNumber() + " " + one.getValue());
  }
})(arguments[0], arguments[1], arguments[2]);
