// Mitnehmen: Bild, Grafik, Tabelle, Link, Quellenangabe. Am Ende beginnt der Atlas.
"use strict";
(() => {
  const { D, R, Z, id, ebene, gruppe, ind, stand, zelle, stadtzelle, farbe, schraffiert, geordnet, lagewort, wandlung, wandel, wandeleinheit, mit, ansagen } = Atlas;
  const kopf = id("atlas").dataset;

  const laden = (inhalt, endung, art) =>
    Seite.laden(inhalt instanceof Blob ? inhalt : new Blob([inhalt], { type: art }), `${["atlas", Z.ind, Z.ebene ? ebene().schluessel : "", Z.jahr].filter((w) => w).join("-").replaceAll("_", "-")}.${endung}`);
  // Die hellen Farben, auch auf dunklem Grund
  const farben = () => {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.className = "hell";
    const stil = getComputedStyle(probe), aus = {};
    for (const name of ["grund", "sand", "tinte", "grau", "schraff", "fleck", "s1", "s2", "s3", "s4", "s5", "n1", "n2", "n3", "n4", "n5"]) aus[name] = stil.getPropertyValue(`--${name}`).trim();
    probe.remove();
    return aus;
  };
  // Die Ansicht als Liste von Flächen, Kästen und Worten in 1.200 Einheiten Breite
  const ansicht = () => {
    const F = farben(), i = ind(), s = stand(), dinge = [], worte = (x, y, t, groesse = 16, fett = false) => dinge.push({ x, y, t, groesse, fett, farbe: F.tinte });
    const hoehe = Math.round(id("karte").viewBox.baseVal.height * 0.9) + 190, folge = i.richtung === 1 ? [0, 1, 2, 3, 4] : [4, 3, 2, 1, 0], stadt = stadtzelle(s);
    worte(30, 50, id("titel").textContent, 28, true);
    worte(30, 80, i.was, 17);
    folge.forEach((k, platz) => {
      dinge.push({ kasten: [30, 120 + platz * 30, 30, 20], farbe: F[farbe(i, { klasse: k })], rand: F.grau });
      worte(70, 136 + platz * 30, i.stufen[k]);
    });
    let y = 270;
    for (const [z, wort] of Object.entries(D.zeichen)) {
      if (!s.wert.includes(z)) continue;
      dinge.push({ kasten: [30, y, 30, 20], farbe: schraffiert(z) ? F.sand : F.grund, rand: F.grau, schraffe: schraffiert(z) });
      worte(70, y + 16, wort);
      y += 30;
    }
    worte(30, y + 30, `${D.stadt} ${stadt.zeichen ?? mit(i, stadt.wert)}`, 16, true);
    R.forEach((r, n) => {
      const z = zelle(n, s);
      dinge.push({ weg: id(`f-${n}`).getAttribute("d"), farbe: z.zeichen ? (schraffiert(z.zeichen) ? F.sand : F.grund) : F[farbe(i, z)], rand: z.zeichen ? F.grau : F.fleck, breite: 1.4, schraffe: schraffiert(z.zeichen) });
    });
    dinge.push({ weg: id("grenzen").getAttribute("d"), rand: F.tinte, breite: 1.2 });
    for (const n of Z.wahl) dinge.push({ weg: id(`f-${n}`).getAttribute("d"), rand: F.tinte, breite: 4 });
    for (const n of Z.wahl) {
      const z = zelle(n, s);
      dinge.push({ x: 285 + R[n].x * 0.9, y: 100 + R[n].y * 0.9, t: `${R[n].kurz} ${z.zeichen ?? mit(i, z.wert)}`, groesse: 16, fett: true, farbe: F.tinte, hof: F.grund, mitte: true });
    }
    worte(30, hoehe - 64, `${i.quelle}; Stand ${s.stand}.`, 14);
    worte(30, hoehe - 42, `${kopf.titel}. ${kopf.hinweis}`, 14);
    if (kopf.status) worte(30, hoehe - 20, kopf.status, 14, true);
    return { hoehe, grund: F.grund, schraff: F.schraff, dinge };
  };
  // Die Schrift des Berichts ist genannt, nicht enthalten: Wo sie fehlt, gilt die nächste serifenlose.
  const KARTE = [285, 100, 0.9], FAMILIE = '"Source Sans Pro", "Segoe UI", Arial, sans-serif';
  const svg = () => {
    const { hoehe, grund, schraff, dinge } = ansicht(), t = Atlas.text, malen = (d) => eins(d) + (d.schraffe ? eins({ ...d, farbe: "url(#schraffur)" }) : "");
    const muster = `<defs><pattern id="schraffur" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M6 0V12" stroke="${schraff}" stroke-width="3"/></pattern></defs>`;
    const eins = (d) => d.weg !== undefined ? `<path transform="translate(${KARTE[0]} ${KARTE[1]}) scale(${KARTE[2]})" d="${d.weg}" fill="${d.farbe ?? "none"}" stroke="${d.rand}" stroke-width="${d.breite}"/>`
      : d.kasten ? `<rect x="${d.kasten[0]}" y="${d.kasten[1]}" width="${d.kasten[2]}" height="${d.kasten[3]}" fill="${d.farbe}" stroke="${d.rand}" stroke-width=".5"/>`
      : `<text x="${d.x}" y="${d.y}" font-size="${d.groesse}" fill="${d.farbe}"${d.fett ? ' font-weight="600"' : ""}${d.mitte ? ' text-anchor="middle"' : ""}${d.hof ? ` paint-order="stroke" stroke="${d.hof}" stroke-width="4"` : ""}>${t(d.t)}</text>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="${hoehe}" viewBox="0 0 1200 ${hoehe}" font-family="${t(FAMILIE)}"><title>${t(id("titel").textContent)}</title><rect width="1200" height="${hoehe}" fill="${grund}"/>${muster}${dinge.map(malen).join("")}</svg>\n`;
  };
  const png = () => { // gemalt statt aus dem SVG, damit die Schrift der Seite gilt
    const { hoehe, grund, schraff, dinge } = ansicht(), leinwand = document.createElement("canvas"), c = leinwand.getContext("2d");
    [leinwand.width, leinwand.height] = [2400, hoehe * 2];
    c.scale(2, 2);
    c.fillStyle = grund;
    c.fillRect(0, 0, 1200, hoehe);
    const schraffieren = (p, farbe) => { // schräge Linien, nur innerhalb der Fläche
      c.save();
      c.clip(p);
      c.beginPath();
      for (let x = -1400; x < 1400; x += 17) { c.moveTo(x + 1400, 0); c.lineTo(x, 1400); }
      c.strokeStyle = farbe;
      c.lineWidth = 3;
      c.stroke();
      c.restore();
    };
    for (const d of dinge) {
      c.save();
      c.fillStyle = d.farbe ?? "transparent";
      c.strokeStyle = d.rand ?? "transparent";
      if (d.weg !== undefined) {
        c.translate(KARTE[0], KARTE[1]);
        c.scale(KARTE[2], KARTE[2]);
        c.lineWidth = d.breite;
        const p = new Path2D(d.weg);
        if (d.farbe) c.fill(p);
        if (d.schraffe) schraffieren(p, schraff);
        c.stroke(p);
      } else if (d.kasten) {
        c.lineWidth = 0.5;
        c.fillRect(...d.kasten);
        if (d.schraffe) { const p = new Path2D(); p.rect(...d.kasten); schraffieren(p, schraff); }
        c.strokeRect(...d.kasten);
      } else {
        c.font = `${d.fett ? 600 : 400} ${d.groesse}px ${FAMILIE}`;
        c.textAlign = d.mitte ? "center" : "start";
        if (d.hof) { c.strokeStyle = d.hof; c.lineWidth = 4; c.strokeText(d.t, d.x, d.y); }
        c.fillText(d.t, d.x, d.y);
      }
      c.restore();
    }
    leinwand.toBlob((b) => laden(b, "png"));
  };
  const csv = () => {
    const i = ind(), s = stand(), n_ = (w, stellen) => (w === null || w === undefined ? "" : w.toFixed(stellen).replace(".", ","));
    const leer = (z, w) => (z.zeichen ? "" : w);
    const spalten = ["raum_id", "nummer", "name", "ebene", "gehoert_zu", "indikator", "bezeichnung", "einheit", "stand", "wert", "unten", "oben", "rang", "rang_von", "rang_bis", "gegenueber_stadt", "veraenderung", "veraenderung_einheit", "veraendert_gegenueber", "fallzahl", "bezug", "zeichen", "hinweis"];
    const zeilen = geordnet().map((n) => {
      const z = zelle(n, s), r = R[n];
      return [r.id, r.nr || "", r.kurz, ebene().einzahl, gruppe(r), i.id, i.name, i.einheit, s.stand, leer(z, n_(z.wert, i.stellen)), n_(z.unten, i.stellen), n_(z.oben, i.stellen), leer(z, z.rang), z.von || "", z.bis || "",
        z.zeichen ? "" : lagewort(z).replace(/^[▲▼≈] /, ""), n_(wandel(n), i.stellen), wandel(n) === null ? "" : wandeleinheit(i), wandel(n) === null ? "" : wandlung().gegen.replace("gegenüber ", ""), n_(z.fall, 0), n_(z.bezug, 0), z.zeichen ? `${z.zeichen} ${D.zeichen[z.zeichen] ?? ""}` : "", kopf.status];
    });
    return "\ufeff" + [spalten, ...zeilen].map((z) => z.map(Seite.csvFeld).join(";")).join("\r\n") + "\r\n";
  };
  const zitat = () => `${id("titel").textContent}. In: ${kopf.titel}, Atlas. Quelle: ${ind().quelle}. ${[kopf.fassung, kopf.kennung ? `Kennung der Fassung: ${kopf.kennung}` : "", kopf.status, kopf.nutzung].filter((w) => w).map((w) => w.replace(/\.?$/, ". ")).join("")}${location.href}`;
  const kopieren = async (satz, gesagt) => {
    await Seite.kopieren(satz);
    ansagen(gesagt);
    id("gesagt").textContent = gesagt;
  };
  const TATEN = {
    png, svg: () => laden(svg(), "svg", "image/svg+xml"), csv: () => laden(csv(), "csv", "text/csv;charset=utf-8"),
    link: () => kopieren(location.href, "Der Link ist kopiert."), zitat: () => kopieren(zitat(), "Die Quellenangabe ist kopiert."),
  };
  const menue = id("menue");
  menue.addEventListener("click", (e) => { const k = e.target.closest("[data-tat]"); if (k) { TATEN[k.dataset.tat](); menue.open = false; menue.querySelector("summary").focus(); } });
  menue.addEventListener("keydown", (e) => { if (e.key === "Escape" && menue.open) { menue.open = false; menue.querySelector("summary").focus(); } });
  document.addEventListener("click", (e) => { if (!menue.contains(e.target)) menue.open = false; });
  Atlas.mitnehmen = { csv, svg, zitat };
  Atlas.beginnen();
})();
