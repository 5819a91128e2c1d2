// Eine Abbildung, wie sie auf der Seite steht, als SVG oder PNG: Zeichnung, Tabelle daneben, Titel und Quelle, immer in den hellen
// Farben. Gesammelt werden Wege, Worte und Fotos mit ihren Orten; beide Ausgaben schreiben dieselbe Sammlung. Die Schriften des Berichts
// sind in der SVG genannt, nicht enthalten: Wo sie fehlen, gilt die nächste serifenlose.
"use strict";
window.Bildausfuhr = (() => {
  const FAMILIE = '"Source Sans Pro", "Source Sans 3", "Segoe UI", Roboto, Arial, sans-serif', RAND = 24;
  const FORM = {
    path: (e) => e.getAttribute("d") ?? "",
    rect: (e) => { const [x, y, w, h] = ["x", "y", "width", "height"].map((n) => +e.getAttribute(n) || 0); return `M${x} ${y}h${w}v${h}h${-w}z`; },
    circle: (e) => { const [x, y, r] = ["cx", "cy", "r"].map((n) => +e.getAttribute(n) || 0); return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`; },
    line: (e) => { const [x, y, u, v] = ["x1", "y1", "x2", "y2"].map((n) => +e.getAttribute(n) || 0); return `M${x} ${y}L${u} ${v}`; },
    polyline: (e) => "M" + e.getAttribute("points"), polygon: (e) => `M${e.getAttribute("points")}z`,
  };
  const zahl = (w) => Math.round(w * 1000) / 1000;
  const sichtbar = (farbe) => farbe && farbe !== "none" && !/, 0\)$/.test(farbe) && farbe !== "transparent";

  const sammeln = (figur) => {
    figur.classList.add("hell", "ausfuhr");
    const ort = figur.getBoundingClientRect(), dinge = [], leinwand = document.createElement("canvas").getContext("2d");
    const weg = (d, m, stil) => {
      const strich = sichtbar(stil.stroke) ? { farbe: stil.stroke, breite: parseFloat(stil.strokeWidth) || 1, kappe: stil.strokeLinecap, ecke: stil.strokeLinejoin, luecken: stil.strokeDasharray === "none" ? "" : stil.strokeDasharray.replaceAll("px", "") } : null;
      const flaeche = sichtbar(stil.fill) && !stil.fill.startsWith("url") ? stil.fill : "none";
      if (strich || flaeche !== "none") dinge.push({ d, m, flaeche, deckung: +stil.fillOpacity, strich });
    };
    const zeichnung = (svg) => {
      for (const e of svg.querySelectorAll("path, rect, circle, line, polyline, polygon, use, text, image")) {
        if (e.closest("defs, clipPath, pattern, symbol")) continue;
        const stil = getComputedStyle(e), c = e.getScreenCTM();
        if (!c || stil.visibility === "hidden") continue;
        const m = [c.a, c.b, c.c, c.d, c.e - ort.left, c.f - ort.top];
        if (e.localName === "text") {
          dinge.push({ text: e.textContent, m, x: +e.getAttribute("x") || 0, y: +e.getAttribute("y") || 0, groesse: parseFloat(stil.fontSize), fett: +stil.fontWeight || 400, farbe: stil.fill, anker: stil.textAnchor });
        } else if (e.localName === "image") {
          dinge.push({ bild: e.getAttribute("href"), m, ...Object.fromEntries(["x", "y", "width", "height"].map((n) => [n, e[n].baseVal.value])) });
        } else if (e.localName === "use") {
          const ziel = document.getElementById((e.getAttribute("href") ?? "#").slice(1)), [x, y] = [+e.getAttribute("x") || 0, +e.getAttribute("y") || 0];
          for (const t of ziel ? [ziel, ...ziel.querySelectorAll("*")] : []) if (FORM[t.localName]) weg(FORM[t.localName](t), [m[0], m[1], m[2], m[3], m[4] + m[0] * x + m[2] * y, m[5] + m[1] * x + m[3] * y], t.hasAttribute("fill") || t.hasAttribute("stroke") ? { ...kopie(stil), ...eigen(t) } : stil);
        } else weg(FORM[e.localName](e), m, stil);
      }
    };
    const kopie = (s) => ({ fill: s.fill, fillOpacity: s.fillOpacity, stroke: s.stroke, strokeWidth: s.strokeWidth, strokeLinecap: s.strokeLinecap, strokeLinejoin: s.strokeLinejoin, strokeDasharray: s.strokeDasharray });
    const eigen = (t) => { const aus = {}; for (const [a, n] of [["fill", "fill"], ["stroke", "stroke"], ["stroke-width", "strokeWidth"]]) if (t.hasAttribute(a)) aus[n] = getComputedStyle(t)[n]; return aus; };
    // Worte von HTML: Zeichen für Zeichen, zusammengefasst, solange sie auf einer Zeile stehen
    const worte = (knoten) => {
      const stil = getComputedStyle(knoten.parentElement), groesse = parseFloat(stil.fontSize), fett = +stil.fontWeight || 400, t = knoten.data, bereich = document.createRange();
      leinwand.font = `${fett} ${groesse}px ${FAMILIE}`;
      let zeile = null;
      for (let k = 0; k < t.length; k++) {
        bereich.setStart(knoten, k);
        bereich.setEnd(knoten, k + 1);
        const r = bereich.getClientRects()[0];
        if (t[k] === "\u00ad" || t[k] === "\u200b") { if (r && r.width > 1 && zeile) zeile.text += "-"; continue; }
        if (!r || (!r.width && !t[k].trim())) continue;
        if (!zeile || Math.abs(r.top - zeile.oben) > 2) {
          zeile = { text: "", oben: r.top, x: r.left - ort.left, y: 0, m: [1, 0, 0, 1, 0, 0], groesse, fett, farbe: stil.color, anker: "start" };
          const mass = leinwand.measureText("Hg");
          zeile.y = r.top - ort.top + (r.height - mass.fontBoundingBoxAscent - mass.fontBoundingBoxDescent) / 2 + mass.fontBoundingBoxAscent;
          dinge.push(zeile);
        }
        zeile.text += /\s/.test(t[k]) ? " " : t[k];
      }
    };
    const linien = (e, stil) => {
      const r = e.getBoundingClientRect(), [x, y] = [r.left - ort.left, r.top - ort.top];
      for (const [seite, hoch] of [["Top", y], ["Bottom", y + r.height]]) {
        const breite = parseFloat(stil[`border${seite}Width`]);
        if (breite && stil[`border${seite}Style`] !== "none" && sichtbar(stil[`border${seite}Color`])) dinge.push({ d: `M${x} ${hoch}h${r.width}`, m: [1, 0, 0, 1, 0, 0], flaeche: "none", deckung: 1, strich: { farbe: stil[`border${seite}Color`], breite, kappe: "butt", ecke: "miter", luecken: "" } });
      }
    };
    const gehen = (e) => {
      const stil = getComputedStyle(e);
      if (stil.display === "none" || e.matches("details, .nurton, button")) return;
      if (e.localName === "svg") return zeichnung(e);
      linien(e, stil);
      for (const kind of e.childNodes) if (kind.nodeType === 3) worte(kind); else if (kind.nodeType === 1) gehen(kind);
    };
    gehen(figur);
    const mass = [Math.max(ort.width, figur.scrollWidth), ort.height], probe = getComputedStyle(figur);
    const farben = { grund: probe.getPropertyValue("--grund").trim(), grau: probe.getPropertyValue("--grau").trim(), signal: probe.getPropertyValue("--signal").trim() };
    figur.classList.remove("hell", "ausfuhr");
    return { dinge, mass, farben };
  };
  const mitFuss = (figur, fuss) => {
    const { dinge, mass, farben } = sammeln(figur), m = [1, 0, 0, 1, 0, 0];
    fuss.filter((w) => w).forEach((text, k) => dinge.push({ text, m, x: 0, y: mass[1] + 24 + k * 20, groesse: 14, fett: k ? 600 : 400, farbe: k ? farben.signal : farben.grau, anker: "start" }));
    return { dinge, breite: Math.ceil(mass[0]) + 2 * RAND, hoehe: Math.ceil(mass[1]) + 2 * RAND + 24 + 20 * fuss.length, grund: farben.grund };
  };

  const svg = (figur, titel, fuss) => {
    const { dinge, breite, hoehe, grund } = mitFuss(figur, fuss), t = (w) => String(w).replace(/[&<>"]/g, (z) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[z]);
    const lage = (m) => (m.join() === "1,0,0,1,0,0" ? "" : ` transform="matrix(${m.map(zahl).join(" ")})"`);
    const eins = (g) => g.bild
      ? `<image${lage(g.m)} x="${zahl(g.x)}" y="${zahl(g.y)}" width="${zahl(g.width)}" height="${zahl(g.height)}" preserveAspectRatio="none" href="${g.bild}"/>`
      : g.text === undefined
      ? `<path${lage(g.m)} d="${g.d}" fill="${g.flaeche}"${g.deckung < 1 ? ` fill-opacity="${g.deckung}"` : ""}${g.strich ? ` stroke="${g.strich.farbe}" stroke-width="${g.strich.breite}" stroke-linecap="${g.strich.kappe}" stroke-linejoin="${g.strich.ecke}"${g.strich.luecken ? ` stroke-dasharray="${g.strich.luecken}"` : ""}` : ""}/>`
      : `<text${lage(g.m)} x="${zahl(g.x)}" y="${zahl(g.y)}" font-size="${zahl(g.groesse)}" fill="${g.farbe}"${g.fett > 400 ? ` font-weight="${g.fett}"` : ""}${g.anker !== "start" ? ` text-anchor="${g.anker}"` : ""}>${t(g.text.trim())}</text>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${breite}" height="${hoehe}" viewBox="${-RAND} ${-RAND} ${breite} ${hoehe}" font-family="${t(FAMILIE)}"><title>${t(titel)}</title><rect x="${-RAND}" y="${-RAND}" width="${breite}" height="${hoehe}" fill="${grund}"/>${dinge.map(eins).join("")}</svg>\n`;
  };
  const geladen = async (adresse) => { const bild = new Image(); bild.src = adresse; await bild.decode(); return bild; };
  const png = async (figur, fuss) => {
    const { dinge, breite, hoehe, grund } = mitFuss(figur, fuss), leinwand = document.createElement("canvas"), c = leinwand.getContext("2d"), mal = Math.max(2, Math.min(3, 2400 / breite));
    [leinwand.width, leinwand.height] = [Math.round(breite * mal), Math.round(hoehe * mal)];
    c.fillStyle = grund;
    c.fillRect(0, 0, leinwand.width, leinwand.height);
    for (const g of dinge) {
      c.setTransform(mal, 0, 0, mal, RAND * mal, RAND * mal);
      c.transform(...g.m);
      if (g.bild) { c.drawImage(await geladen(g.bild), g.x, g.y, g.width, g.height); continue; }
      if (g.text !== undefined) {
        c.font = `${g.fett} ${g.groesse}px ${FAMILIE}`;
        c.textAlign = { middle: "center", end: "right" }[g.anker] ?? "left";
        c.fillStyle = g.farbe;
        c.fillText(g.text.trim(), g.x, g.y);
        continue;
      }
      const p = new Path2D(g.d);
      c.globalAlpha = g.deckung;
      if (g.flaeche !== "none") { c.fillStyle = g.flaeche; c.fill(p); }
      c.globalAlpha = 1;
      if (!g.strich) continue;
      [c.strokeStyle, c.lineWidth, c.lineCap, c.lineJoin] = [g.strich.farbe, g.strich.breite, g.strich.kappe, g.strich.ecke];
      c.setLineDash(g.strich.luecken.split(/[ ,]+/).map(Number).filter((n) => n > 0));
      c.stroke(p);
    }
    return new Promise((fertig) => leinwand.toBlob(fertig, "image/png"));
  };
  return { svg, png };
})();
