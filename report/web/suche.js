// Suche im Bericht. Läuft im Browser, ohne Server: die Texte stehen in suchdaten.js, Gebiete und andere Wörter in
// suchworte.js; beide werden erst bei Bedarf geladen. Gesucht wird ohne Rücksicht auf Umlaute, Groß- und Kleinschreibung
// und Endungen, auch mitten in zusammengesetzten Wörtern; Gebiete stehen vorn.
"use strict";
(() => {
  const kasten = document.querySelector(".suche");
  if (!kasten) return;
  const feld = kasten.querySelector("input");
  const treffer = kasten.querySelector(".treffer");
  const meldung = kasten.querySelector("[role=status]");
  const liste = treffer.querySelector("ul");
  const GRENZE = 20, HOECHSTENS_ORTE = 5;
  let daten = null, orte = [], synonyme = [], offen = [], stelle = -1;

  // ein Zeichen gefaltet: klein, ohne Punkte, ß als ss; was kein Buchstabe und keine Ziffer ist, trennt
  const zeichen = (z) => z.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f\u00ad\u200b]/g, "").replace(/[^\p{L}\p{N}]/gu, " ");
  const glatt = (t) => t.replace(/([aou])e/g, "$1").replace(/ +/g, " ");
  const gefaltet = (t) => glatt(zeichen(t)).trim();
  // Endungen fallen weg, soweit vier Buchstaben bleiben
  const stamm = (wort) => wort.replace(/^(.{4,}?)(igkeiten|igkeit|ern|em|en|er|es|e|s|n)$/, "$1");

  // die Wörter einer Frage: je Begriff die Formen, von denen eine dastehen muss
  const begriffe = (frage) => {
    let rest = ` ${frage} `;
    const gefunden = [], dazu = [];
    for (const s of synonyme) {
      const ganz = rest.includes(` ${s.form} `), beginnt = rest.trim().length > 3 && s.form.startsWith(rest.trim());
      const gebeugt = !s.form.includes(" ") && rest.split(" ").find((w) => w && stamm(w) === stamm(s.form));
      if (!ganz && !beginnt && !gebeugt) continue;
      gefunden.push([...(beginnt ? [rest.trim()] : [stamm(s.form)]), ...s.formen]);
      dazu.push(...s.statt);
      rest = beginnt ? " " : rest.replace(ganz ? ` ${s.form} ` : ` ${gebeugt} `, " ");
    }
    return [[...gefunden, ...rest.split(" ").filter((w) => w).map((w) => [stamm(w)])], [...new Set(dazu)]];
  };

  const laden = () => {
    if (daten) return;
    daten = [];
    let fehlt = 2;
    const fertig = () => {
      if (--fehlt) return;
      const entpackt = Seite.entpackt(window.suchdaten.woerter);
      daten = window.suchdaten.texte.map(([adresse, kurz, lang]) => {
        const titel = entpackt(kurz), text = entpackt(lang).replace(/\s+/g, " ");
        return { adresse, titel, text, titelform: ` ${gefaltet(titel)} `, form: ` ${gefaltet(titel)} ${gefaltet(text)} ` };
      });
      orte = window.suchworte.orte.map(([name, art, adresse]) => ({ name, art, adresse, form: ` ${gefaltet(name)} ` }));
      synonyme = Object.entries(window.suchworte.synonyme).map(([wort, statt]) => ({
        form: gefaltet(wort), statt, formen: statt.map((s) => { const w = gefaltet(s).split(" "); return [...w.slice(0, -1), stamm(w.at(-1))].join(" "); }),
      })).sort((a, b) => b.form.length - a.form.length);
      suchen();
    };
    for (const name of ["suchdaten", "suchworte"]) {
      const skript = document.createElement("script");
      skript.src = `web/${name}.js`;
      skript.onload = fertig;
      document.head.append(skript);
    }
  };

  // ein Text gefaltet und zu jeder Stelle darin die Stelle im Text
  const mitStellen = (text) => {
    let form = "", stellen = [];
    for (let i = 0; i < text.length; i++) for (const z of zeichen(text[i])) {
      if ((z === " " && form.endsWith(" ")) || (z === "e" && /[aou]$/.test(form))) continue;
      form += z;
      stellen.push(i);
    }
    return [form, [...stellen, text.length]];
  };

  const markiert = (text, formen) => {
    const [form, stellen] = mitStellen(text);
    const teile = [];
    let stelle = 0, ab = 0;
    for (;;) {
      let naechste = -1, laenge = 0;
      for (const f of formen) {
        const i = form.indexOf(f, ab);
        if (i >= 0 && (naechste < 0 || i < naechste || (i === naechste && f.length > laenge))) [naechste, laenge] = [i, f.length];
      }
      if (naechste < 0) break;
      const marke = document.createElement("mark");
      let ende = stellen[naechste + laenge - 1] + 1;
      ende += (text.slice(ende).match(/^[\p{L}\u00ad]{1,3}(?!\p{L})/u) || [""])[0].length; // die Endung gehört dazu
      marke.textContent = text.slice(stellen[naechste], ende);
      teile.push(text.slice(stelle, stellen[naechste]), marke);
      [stelle, ab] = [ende, stellen.findIndex((n) => n >= ende)];
    }
    return [...teile, text.slice(stelle)];
  };

  const ausschnitt = (text, formen) => {
    const [form, stellen] = mitStellen(text);
    const i = formen.map((f) => form.indexOf(f)).filter((n) => n >= 0).sort((a, b) => a - b)[0] ?? 0;
    let anfang = Math.max(0, (stellen[i] ?? 0) - 60);
    if (anfang > 0) anfang = text.indexOf(" ", anfang) + 1;
    const ende = text.indexOf(" ", anfang + 180);
    return (anfang > 0 ? "… " : "") + (ende < 0 ? text.slice(anfang) : text.slice(anfang, ende) + " …");
  };

  const eintrag = (adresse, titel, text, formen, platz) => {
    const verweis = document.createElement("a");
    verweis.href = adresse;
    verweis.tabIndex = -1;
    const kopf = document.createElement("b");
    kopf.append(...markiert(titel, formen));
    verweis.append(kopf, ...text);
    const zeile = document.createElement("li");
    zeile.setAttribute("role", "presentation");
    verweis.id = `treffer-${platz}`;
    verweis.setAttribute("role", "option");
    verweis.setAttribute("aria-selected", "false");
    zeile.append(verweis);
    return zeile;
  };

  const schliessen = () => {
    treffer.hidden = true;
    stelle = -1;
    feld.setAttribute("aria-expanded", "false");
    feld.removeAttribute("aria-activedescendant");
  };

  // wie gut ein Text passt: Wortanfang im Titel, im Titel, Wortanfang im Text, irgendwo; 0, wenn ein Begriff fehlt
  const punkte = (d, begriff) => Math.max(...begriff.map((f, k) => (d.titelform.includes(" " + f) ? 8 : d.titelform.includes(f) ? 5 :
    d.form.includes(" " + f) ? 2 : d.form.includes(f) ? 1 : 0) * (k ? 0.9 : 1)));

  const suchen = () => {
    const frage = gefaltet(feld.value);
    if (frage.replace(/ /g, "").length < 2) { meldung.textContent = ""; return schliessen(); }
    laden();
    if (!orte.length && !daten.length) return;
    const [gefragt, dazu] = begriffe(frage);
    const formen = gefragt.flat();
    const worte = frage.split(" ");
    const rang = (o) => (o.form.startsWith(" " + frage) ? 0 : 1);
    const passend = orte.filter((o) => worte.every((w) => o.form.includes(" " + w))).sort((a, b) => rang(a) - rang(b)).slice(0, HOECHSTENS_ORTE);
    const gefunden = daten.map((d, k) => [d, gefragt.map((b) => punkte(d, b)), k]).filter(([, p]) => p.every((n) => n))
      .map(([d, p, k]) => [d, p.reduce((a, b) => a + b, 0), k]).sort((a, b) => b[1] - a[1] || a[2] - b[2]).map(([d]) => d);
    const zeilen = [
      ...passend.map((o, k) => eintrag(o.adresse, o.name, [o.art], worte, k)),
      ...gefunden.slice(0, GRENZE).map((d, k) => eintrag(d.adresse, d.titel, markiert(ausschnitt(d.text, formen), formen), formen, passend.length + k)),
    ];
    const gezaehlt = [passend.length === 0 ? "" : passend.length === 1 ? "1 Gebiet" : `${passend.length} Gebiete`,
      gefunden.length === 0 ? "" : (gefunden.length === 1 ? "1 Abschnitt" : `${gefunden.length} Abschnitte`) + (gefunden.length > GRENZE ? `, die ersten ${GRENZE}` : "")];
    meldung.textContent = (gezaehlt.filter((t) => t).join(" und ") || "Keine Treffer") + (dazu.length ? `. Gesucht auch: ${dazu.join(", ")}` : "");
    liste.replaceChildren(...zeilen);
    offen = zeilen.map((zeile) => zeile.firstChild);
    liste.hidden = !offen.length;
    stelle = -1;
    feld.removeAttribute("aria-activedescendant");
    feld.setAttribute("aria-expanded", String(offen.length > 0));
    treffer.hidden = false;
  };

  const gehen = (ziel) => {
    if (treffer.hidden) suchen();
    if (treffer.hidden || !offen.length) return;
    stelle = (ziel + offen.length) % offen.length;
    offen.forEach((verweis, k) => verweis.setAttribute("aria-selected", String(k === stelle)));
    feld.setAttribute("aria-activedescendant", offen[stelle].id);
    offen[stelle].scrollIntoView({ block: "nearest" });
  };

  feld.addEventListener("focus", laden);
  feld.addEventListener("input", suchen);
  feld.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      gehen(e.key === "ArrowDown" ? stelle + 1 : stelle < 0 ? -1 : stelle - 1);
    } else if (e.key === "Enter" && !treffer.hidden && offen.length) {
      e.preventDefault();
      offen[Math.max(0, stelle)].click();
    } else if (e.key === "Escape") {
      if (treffer.hidden) feld.value = "";
      else e.preventDefault();
      schliessen();
    }
  });
  liste.addEventListener("click", (e) => { if (e.target.closest("a")) schliessen(); });
  kasten.addEventListener("focusout", (e) => { if (!kasten.contains(e.relatedTarget)) schliessen(); });
  treffer.addEventListener("pointerdown", (e) => { if (!e.target.closest("a")) e.preventDefault(); });
  document.addEventListener("click", (e) => { if (!kasten.contains(e.target)) schliessen(); });
  kasten.hidden = false;
})();
