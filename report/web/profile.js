// Findet Gebiete in der Liste der Profile nach Name oder nach dem, was sie umfassen. Ohne JavaScript bleibt die Liste ganz.
(() => {
  const liste = document.querySelector(".profilverzeichnis");
  if (!liste) return;
  const ohneZeichen = (text) => text.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const formen = (text) => {
    const klein = text.toLowerCase();
    const ausgeschrieben = klein.replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue");
    return " " + [klein, ohneZeichen(klein), ohneZeichen(ausgeschrieben)].join(" ").replace(/[^\p{L}\p{N}]+/gu, " ");
  };
  const gruppen = [...liste.querySelectorAll(":scope > ul > li")].map((element) => {
    const eintraege = [...element.querySelectorAll("li")].map((li) => ({ li, text: formen(li.textContent) }));
    const kopf = element.cloneNode(true);
    kopf.querySelectorAll("ul").forEach((ul) => ul.remove());
    return { element, eintraege, text: formen(kopf.textContent) };
  });

  const finder = document.createElement("div");
  finder.className = "finder";
  finder.setAttribute("role", "search");
  finder.innerHTML = '<label for="gebiet">Gebiet finden</label>' +
    '<input id="gebiet" type="search" autocomplete="off" spellcheck="false" aria-describedby="gebiet-hilfe">' +
    '<p id="gebiet-hilfe">Name, oder was das Gebiet umfasst; mit der Eingabetaste zum ersten Treffer</p><p role="status"></p>';
  liste.before(finder);
  const feld = finder.querySelector("input");
  const meldung = finder.querySelector("[role=status]");

  const finden = () => {
    const woerter = ohneZeichen(feld.value).split(/[^\p{L}\p{N}]+/u).filter((w) => w);
    const passt = (text) => woerter.every((w) => text.includes(" " + w));
    let zahl = 0;
    for (const { element, eintraege, text } of gruppen) {
      const ganz = passt(text);
      for (const { li, text: eigenes } of eintraege) {
        li.hidden = !(ganz || passt(eigenes));
        zahl += li.hidden ? 0 : 1;
      }
      element.hidden = !ganz && eintraege.every(({ li }) => li.hidden);
    }
    meldung.textContent = woerter.length === 0 ? "" :
      zahl === 0 ? "Kein Gebiet gefunden" : zahl === 1 ? "1 Gebiet" : zahl + " Gebiete";
  };

  feld.addEventListener("input", finden);
  feld.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { feld.value = ""; finden(); }
    if (e.key !== "Enter" || feld.value.trim() === "") return;
    const erster = [...liste.querySelectorAll("li li:not([hidden]) a")].find((a) => !a.closest("[hidden]"));
    if (erster) location.href = erster.href;
  });
})();
