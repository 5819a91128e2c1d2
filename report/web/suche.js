// Suche im Bericht. Läuft im Browser, ohne Server: die Texte stehen in suchdaten.js und werden erst bei Bedarf geladen.
(() => {
  const kasten = document.querySelector(".suche");
  if (!kasten) return;
  const feld = kasten.querySelector("input");
  const treffer = kasten.querySelector(".treffer");
  const meldung = treffer.querySelector("p");
  const liste = treffer.querySelector("ul");
  const GRENZE = 20;
  let daten = null;

  const laden = () => {
    if (daten) return;
    daten = [];
    const skript = document.createElement("script");
    skript.src = "web/suchdaten.js";
    skript.onload = () => {
      daten = window.suchdaten.map((d) => {
        const text = d.text.replace(/\s+/g, " ");
        return { ...d, text, suchtext: (d.titel + " " + text).toLowerCase() };
      });
      suchen();
    };
    document.head.append(skript);
  };

  const markiert = (text, woerter) => {
    const teile = [];
    const klein = text.toLowerCase();
    let stelle = 0;
    while (stelle < text.length) {
      let naechste = -1, laenge = 0;
      for (const wort of woerter) {
        const i = klein.indexOf(wort, stelle);
        if (i >= 0 && (naechste < 0 || i < naechste)) [naechste, laenge] = [i, wort.length];
      }
      if (naechste < 0) break;
      const marke = document.createElement("mark");
      marke.textContent = text.slice(naechste, naechste + laenge);
      teile.push(text.slice(stelle, naechste), marke);
      stelle = naechste + laenge;
    }
    return [...teile, text.slice(stelle)];
  };

  const ausschnitt = (text, woerter) => {
    const i = text.toLowerCase().indexOf(woerter[0]);
    let anfang = Math.max(0, i - 60);
    if (anfang > 0) anfang = text.indexOf(" ", anfang) + 1;
    const ende = text.indexOf(" ", anfang + 180);
    return (anfang > 0 ? "… " : "") + (ende < 0 ? text.slice(anfang) : text.slice(anfang, ende) + " …");
  };

  const eintrag = (d, woerter) => {
    const verweis = document.createElement("a");
    verweis.href = d.adresse;
    const kopf = document.createElement("b");
    kopf.append(...markiert(d.titel, woerter));
    verweis.append(kopf, ...markiert(ausschnitt(d.text, woerter), woerter));
    verweis.addEventListener("click", schliessen);
    const zeile = document.createElement("li");
    zeile.append(verweis);
    return zeile;
  };

  const schliessen = () => { treffer.hidden = true; };

  const suchen = () => {
    const woerter = feld.value.toLowerCase().split(/\s+/).filter((w) => w);
    if (woerter.join("").length < 2) return schliessen();
    laden();
    const gefunden = daten.filter((d) => woerter.every((w) => d.suchtext.includes(w)));
    const imTitel = (d) => woerter.every((w) => d.titel.toLowerCase().includes(w));
    gefunden.sort((a, b) => imTitel(b) - imTitel(a));
    meldung.textContent = gefunden.length === 0 ? "Keine Treffer" :
      (gefunden.length === 1 ? "1 Abschnitt" : gefunden.length + " Abschnitte") +
      (gefunden.length > GRENZE ? ", die ersten " + GRENZE : "");
    liste.replaceChildren(...gefunden.slice(0, GRENZE).map((d) => eintrag(d, woerter)));
    treffer.hidden = false;
  };

  feld.addEventListener("focus", laden);
  feld.addEventListener("input", suchen);
  kasten.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { schliessen(); feld.focus(); }
  });
  document.addEventListener("click", (e) => { if (!kasten.contains(e.target)) schliessen(); });
  kasten.hidden = false;
})();
