// Tabellen des Anhangs: nach jeder Spalte ordnen (einmal ab, einmal auf, dann wie gedruckt) und nach Namen filtern.
"use strict";
(() => {
  if (!/^[A-Z]$/.test(document.querySelector("main h1 .nummer")?.textContent.trim() ?? "")) return;
  const WENIGE = 8;
  const gefaltet = (t) => Seite.gefaltet(t.replace(/\u00ad|\u200b/g, ""));
  const folge = new Intl.Collator("de", { numeric: true });
  const zahl = (t) => { const f = t.replace(/[▲▼≈()\s]/g, "").match(/^[−-]?\d{1,3}(\.?\d{3})*(,\d+)?/); return f ? +f[0].replaceAll(".", "").replace(",", ".").replace("−", "-") : null; };
  let lauf = 0;

  const einrichten = (tabelle) => {
    const koerper = tabelle.tBodies[0], koepfe = tabelle.tHead?.rows.length === 1 ? [...tabelle.tHead.rows[0].cells] : [];
    const zeilen = [...koerper?.rows ?? []];
    if (tabelle.tBodies.length !== 1 || zeilen.length < WENIGE || !koepfe.length || koepfe.some((k) => k.colSpan > 1) || zeilen.some((z) => [...z.cells].some((c) => c.rowSpan > 1))) return;
    const ueberschrift = (z) => z.cells.length < koepfe.length; // eine Gruppe ohne Werte
    let spalte = -1, ab = false, suche = "";
    const meldung = document.createElement("p");
    meldung.setAttribute("role", "status");
    const ordnen = () => {
      const eigene = zeilen.filter((z) => spalte < 0 || !ueberschrift(z));
      if (spalte >= 0) {
        const texte = new Map(eigene.map((z) => [z, z.cells[spalte].textContent.trim()]));
        const werte = new Map(eigene.map((z) => [z, zahl(texte.get(z))])), zahlen = eigene.filter((z) => werte.get(z) !== null).length * 2 > eigene.length;
        eigene.sort((a, b) => {
          if (!zahlen) return folge.compare(texte.get(a), texte.get(b)) * (ab ? -1 : 1);
          const [x, y] = [werte.get(a), werte.get(b)];
          return x === null || y === null ? (x === null) - (y === null) : (x - y) * (ab ? -1 : 1);
        });
      }
      koerper.replaceChildren(...eigene);
      koepfe.forEach((k, n) => { if (n === spalte) k.setAttribute("aria-sort", ab ? "descending" : "ascending"); else k.removeAttribute("aria-sort"); });
      const worte = gefaltet(suche).split(/\s+/).filter((w) => w);
      let gezeigt = 0;
      for (const z of zeilen) {
        const name = gefaltet(z.cells[0].textContent + " " + (/\d/.test(z.cells[0].textContent) && z.cells[1] ? z.cells[1].textContent : ""));
        z.hidden = worte.some((w) => !name.includes(w));
        gezeigt += z.hidden || ueberschrift(z) ? 0 : 1;
      }
      meldung.textContent = worte.length ? (gezeigt === 0 ? "keine Zeile" : gezeigt === 1 ? "1 Zeile" : `${gezeigt} Zeilen`) : "";
    };
    koepfe.forEach((kopf, n) => {
      const knopf = document.createElement("button");
      knopf.type = "button";
      knopf.className = "ordnen";
      knopf.append(...kopf.childNodes);
      kopf.append(knopf);
      knopf.addEventListener("click", () => {
        const zuerst = n > 0; // Zahlen vom höchsten, Namen von A an
        if (spalte !== n) [spalte, ab] = [n, zuerst];
        else if (ab === zuerst) ab = !ab;
        else spalte = -1;
        ordnen();
      });
    });
    const filter = document.createElement("div"), schild = document.createElement("label"), feld = document.createElement("input");
    filter.className = "tafelfilter";
    feld.id = `tafelfilter-${++lauf}`;
    feld.type = "search";
    feld.autocomplete = "off";
    schild.htmlFor = feld.id;
    const gemeint = document.createElement("span");
    gemeint.className = "nurton";
    gemeint.textContent = ` in ${tabelle.closest("figure")?.querySelector("figcaption .nummer")?.textContent ?? "der Tabelle"}`;
    schild.append("Zeilen mit", gemeint);
    filter.append(schild, feld, meldung);
    feld.addEventListener("input", () => { suche = feld.value; ordnen(); });
    feld.addEventListener("keydown", (e) => { if (e.key === "Escape" && feld.value) { feld.value = suche = ""; ordnen(); e.preventDefault(); } });
    (tabelle.closest(".tafel") ?? tabelle).before(filter);
  };
  for (const tabelle of document.querySelectorAll("main figure[class] table")) if (!tabelle.closest(".bildtafel, details")) einrichten(tabelle);
})();
