// Jede Abbildung und jede Tabelle hat ein Menü: Link, Werte als CSV, Zeichnung als SVG und PNG, Quellenangabe. Es steht unter
// der Quelle, öffnet sich an seinem Platz und schließt mit Escape. Im Druck fehlt es.
"use strict";
(() => {
  const { laden, kopieren, csvFeld } = Seite;
  const { bericht, fassung, kennung, nutzung } = document.currentScript.dataset;
  const status = document.querySelector(".kopf .status")?.textContent ?? "";
  const gekennzeichnet = kennung ? `Kennung der Fassung: ${kennung}` : "";
  const wort = (e) => (e?.textContent ?? "").replace(/[\u00ad\u200b]/g, "").replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ").trim();

  // Eine Zelle: ihr Wort, und ein Zeichen dahinter („12,6 ▲“) als Wort für eine eigene Spalte
  const zelle = (feld) => {
    const ohne = feld.cloneNode(true), zeichen = ohne.querySelectorAll(".wertung[aria-label]");
    const lage = [...zeichen].map((z) => z.getAttribute("aria-label")).join(", ");
    for (const z of zeichen) z.remove();
    return { wert: wort(ohne), lage };
  };
  const breit = (zeile) => [...zeile].flatMap((z) => [z, ...Array((z.colSpan || 1) - 1).fill(null)]);
  const tafel = (tabelle) => {
    const koepfe = [...tabelle.tHead?.rows ?? []].map((z) => breit(z.cells)), letzte = koepfe.at(-1) ?? [];
    let ueber = "";
    const kopf = letzte.map((z, k) => {
      const oben = koepfe.slice(0, -1).map((zeile) => wort(zeile[k]) || (zeile[k] === null ? ueber : "")).filter((w) => w).join(" ");
      ueber = oben;
      return [oben, wort(z)].filter((w) => w).join(": ");
    });
    const zeilen = [...tabelle.querySelectorAll("tbody tr, tfoot tr")].filter((z) => !z.hidden).map((z) => breit(z.cells).map((f) => (f ? zelle(f) : { wert: "", lage: "" })));
    return { kopf, zeilen };
  };
  const liste = (ul) => ({ kopf: ["Nr.", "Name", "Wert"], zeilen: [...ul.children].map((li) => [...li.children].map(zelle)) });
  const inhalt = (figur) => {
    const tabellen = [...figur.querySelectorAll("table")], schluessel = figur.querySelector("ul.schluessel");
    return tabellen.length ? tabellen.map(tafel) : schluessel ? [liste(schluessel)] : [];
  };
  // Zahlen, wie Tabellenprogramme sie lesen
  const feld = (w) => csvFeld(/^[−-]?\d{1,3}(\.\d{3})*(,\d+)?$/.test(w) ? w.replace("−", "-").replaceAll(".", "") : w);
  const csv = (figur) => {
    const zeilen = [];
    for (const { kopf, zeilen: werte } of inhalt(figur)) {
      if (zeilen.length) zeilen.push([]);
      const mitLage = kopf.map((_, k) => werte.some((z) => z[k]?.lage));
      zeilen.push(kopf.flatMap((w, k) => (mitLage[k] ? [w, `${w}: Lage`] : [w])));
      for (const z of werte) zeilen.push(kopf.flatMap((_, k) => (mitLage[k] ? [z[k]?.wert ?? "", z[k]?.lage ?? ""] : [z[k]?.wert ?? ""])));
    }
    zeilen.push([], ["Titel", titel(figur)], ["Einheit", einheit(figur)], ...[...figur.querySelectorAll(".notiz p, .quelle p")].map((p) => ["Hinweis", wort(p)]), ["Bericht", [bericht, fassung, gekennzeichnet, status].filter((w) => w).join("; ")], ...(nutzung ? [["Nutzung", nutzung]] : []));
    return "\ufeff" + zeilen.map((z) => z.map(feld).join(";")).join("\r\n") + "\r\n";
  };

  const nummer = (figur) => wort(figur.querySelector("figcaption .nummer"));
  const titel = (figur) => wort(figur.querySelector("figcaption strong"));
  const einheit = (figur) => wort(figur.querySelector("figcaption .text")).slice(titel(figur).length).trim();
  const adresse = (marke) => location.href.split("#")[0] + "#" + marke;
  const quelle = (figur) => wort(figur.querySelector(".quelle p")).split(" „")[0]; // ohne die Worte der Zeichen
  const zitat = (figur, marke) => `${[nummer(figur), titel(figur)].filter((w) => w).join(": ")}. In: ${bericht}. ${[quelle(figur) && `Quelle: ${quelle(figur)}`, fassung, gekennzeichnet, status, nutzung].filter((w) => w).map((w) => w.replace(/\.?$/, ". ")).join("")}${adresse(marke)}`;

  const neu = (art, klasse, ...kinder) => {
    const e = document.createElement(art);
    if (klasse) e.className = klasse;
    e.append(...kinder);
    return e;
  };

  const menue = (figur, marke) => {
    const kasten = neu("details", "mitnahme"), griff = neu("summary", "", "Mitnehmen"), reihe = neu("div", "mitnahme-wege"), gesagt = neu("p", "mitnahme-gesagt");
    const was = neu("span", "nurton", ` ${nummer(figur) || titel(figur)}`);
    griff.append(was);
    gesagt.setAttribute("role", "status");
    const knopf = (name, tat) => {
      const k = neu("button", "", name);
      k.type = "button";
      k.addEventListener("click", async () => { gesagt.textContent = (await tat()) ?? ""; });
      reihe.append(k);
    };
    const datei = (endung) => `${bericht.match(/\d{4}/)?.[0] ?? "bericht"}-${marke}.${endung}`;
    knopf("Link kopieren", async () => { await kopieren(adresse(marke)); history.replaceState(null, "", "#" + marke); return "Der Link ist kopiert."; });
    if (figur.querySelector("table, ul.schluessel")) knopf("Werte (CSV)", () => laden(new Blob([csv(figur)], { type: "text/csv;charset=utf-8" }), datei("csv")));
    if (figur.querySelector("svg.zeichnung")) {
      const fuss = [`${[nummer(figur), bericht].filter((w) => w).join(", ")}`, [fassung, status].filter((w) => w).join(" ")];
      knopf("Grafik (SVG)", () => laden(new Blob([Bildausfuhr.svg(figur, titel(figur), fuss)], { type: "image/svg+xml" }), datei("svg")));
      knopf("Bild (PNG)", async () => laden(await Bildausfuhr.png(figur, fuss), datei("png")));
    }
    knopf("Quellenangabe kopieren", async () => { await kopieren(zitat(figur, marke)); return "Die Quellenangabe ist kopiert."; });
    kasten.append(griff, reihe, gesagt);
    kasten.addEventListener("toggle", () => { if (!kasten.open) gesagt.textContent = ""; });
    kasten.addEventListener("keydown", (e) => { if (e.key === "Escape" && kasten.open) { kasten.open = false; griff.focus(); } });
    figur.append(kasten);
  };
  for (const figur of document.querySelectorAll("main figure")) {
    const marke = figur.closest("[id^=fig-], [id^=tbl-]")?.id;
    if (marke && !figur.querySelector("figure")) menue(figur, marke);
  }
  window.Mitnehmen = { csv, zitat };
})();
