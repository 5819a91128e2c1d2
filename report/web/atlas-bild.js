// Rangfolge, Streudiagramm und Vergleich.
"use strict";
(() => {
  const { D, R, I, Z, teile, hinweise, id, ebene, ind, staende, stand, zelle, stadtzelle, bereich, rangtext, urteil, verschieden } = Atlas;
  const { nummer, treffer, zahl, mit, text, brechbar, zeigen, waehlen, wechseln } = Atlas;
  const ENG = 60; // mehr Gebiete haben keine Namen in der Rangfolge

  const schrift = (x, y, t, anker = "start", kl = "") => `<text x="${x}" y="${y}" text-anchor="${anker}"${kl ? ` class="${kl}"` : ""}>${text(t)}</text>`;
  const weg = (d, kl) => `<path class="${kl}" d="${d}"/>`;
  const kreis = (x, y, r, kl, n) => `<circle class="${kl}" cx="${x}" cy="${y}" r="${r}"${n === undefined ? "" : ` data-n="${n}"`}/>`;
  const kuerzer = (t, n) => (t.length <= n ? t : t.slice(0, Math.max(t.lastIndexOf("/", n - 2) + 1, 8) > 8 ? t.lastIndexOf("/", n - 2) + 1 : n - 1) + "…");

  // Achse mit runden Schritten; von Null an, wenn der kleinste Wert näher bei ihr liegt als beim größten
  const achse = (werte, von, bis, anzahl = 5) => {
    let klein = Math.min(...werte), gross = Math.max(...werte);
    if (!werte.length) [klein, gross] = [0, 1];
    if (klein > 0 && klein < gross / 2) klein = 0;
    if (gross === klein) gross = klein + 1;
    const roh = (gross - klein) / anzahl, zehner = 10 ** Math.floor(Math.log10(roh)), schritt = [1, 2, 5, 10].map((f) => f * zehner).find((s) => s >= roh);
    const a = Math.floor(klein / schritt) * schritt, b = Math.ceil(gross / schritt) * schritt, ort = (w) => von + ((w - a) / (b - a)) * (bis - von);
    const stellen = Math.max(0, -Math.floor(Math.log10(schritt) + 1e-9));
    return { ort, marken: Array.from({ length: Math.round((b - a) / schritt) + 1 }, (_, k) => a + k * schritt), wort: (w) => zahl(w, Math.min(stellen, 3)) };
  };

  // Viele Gebiete: wenige Wege für alle statt vieler Zeilen; welcher gemeint ist, sagt die Höhe des Zeigers
  let reihen = null;
  const rund = (w) => Math.round(w * 10) / 10;
  const dicht = (alle, s, t, x, kopf, h) => {
    const wege = { spanne: "", "spanne aus": "", "dichte voll": "", "dichte leer": "", "dichte aus": "" };
    alle.forEach((n, k) => {
      const z = zelle(n, s), y = rund(kopf + (k + 0.5) * h);
      if (z.zeichen) return;
      if (z.unten !== null) wege[t[n] ? "spanne" : "spanne aus"] += `M${rund(x.ort(z.unten))} ${y}H${rund(x.ort(z.oben))}`;
      wege[!t[n] ? "dichte aus" : z.lage === "0" || z.lage === "x" ? "dichte leer" : "dichte voll"] += `M${rund(x.ort(z.wert))} ${y}h.01`;
    });
    reihen = { alle, kopf, h, x };
    return Object.entries(wege).map(([kl, d]) => weg(d || "M0 0", kl)).join("") + '<g id="gemeint"></g>';
  };
  const gemeint = () => {
    const ziel = id("gemeint");
    if (!ziel || !reihen) return;
    const s = stand(), gezeigt = [...new Set([...Z.wahl, Z.zeig >= 0 ? Z.zeig : Z.fest])].filter((n) => n >= 0);
    ziel.innerHTML = gezeigt.map((n) => {
      const z = zelle(n, s), y = reihen.kopf + (reihen.alle.indexOf(n) + 0.5) * reihen.h;
      if (z.zeichen) return "";
      const px = reihen.x.ort(z.wert), links = px > 220;
      return kreis(px, y, 4.5, "punkt") + schrift(px + (links ? -9 : 9), y + 4, R[n].kurz, links ? "end" : "start", "fett hofschrift");
    }).join("");
  };
  const unterZeiger = (e) => {
    const bild = id("bild").firstElementChild;
    if (!id("gemeint") || !bild) return nummer(e.target);
    const r = bild.getBoundingClientRect(), y = ((e.clientY - r.top) * bild.viewBox.baseVal.height) / r.height;
    return reihen.alle[Math.floor((y - reihen.kopf) / reihen.h)] ?? -1;
  };

  let weite = 0; // des Bildes, beim Ändern der Größe gemessen
  // ---- Rangfolge: Punkt mit 95-%-Bereich, hohl, wo er nicht erkennbar anders ist als das Ganze
  const neben = id("neben");
  const rangfolge = () => {
    const i = ind(), s = stand(), t = treffer(), breite = Math.max(260, weite || id("bild").clientWidth || 416), eng = R.length > ENG, stadt = stadtzelle(s);
    const alle = R.map((_, n) => n).sort((a, b) => (s.rang[a] || 1e9) - (s.rang[b] || 1e9) || a - b);
    const h = eng ? Math.max(0.55, 560 / R.length) : R.length < 20 ? 22 : 14, links = eng ? 8 : Math.min(190, breite * 0.42), rechts = breite - 44, kopf = 26;
    const werte = alle.flatMap((n) => { const z = zelle(n, s); return z.zeichen ? [] : z.unten === null ? [z.wert] : [z.unten, z.oben]; });
    if (!stadt.zeichen) werte.push(stadt.wert);
    const x = achse(werte, links + 8, rechts), unten = kopf + R.length * h;
    let teile = x.marken.map((m) => weg(`M${x.ort(m)} ${kopf}V${unten}`, "gitter") + schrift(x.ort(m), unten + 16, x.wort(m), "middle", "grau")).join("");
    if (!stadt.zeichen) teile += weg(`M${x.ort(stadt.wert)} ${kopf - 4}V${unten}`, "stadtlinie") + schrift(Math.min(x.ort(stadt.wert), breite - 60), 12, `${D.stadt} ${mit(i, stadt.wert)}`, "middle");
    teile += eng ? dicht(alle, s, t, x, kopf, h) : alle.map((n, k) => {
      const z = zelle(n, s), y = kopf + (k + 0.5) * h, hohl = z.lage === "0" || z.lage === "x";
      return `<g class="zeile${Z.wahl.includes(n) ? " gewaehlt" : ""}${t[n] ? "" : " aus"}" data-n="${n}"><rect x="0" y="${y - h / 2}" width="${breite}" height="${h}"/>` +
        schrift(links - 22, y + 4, kuerzer(R[n].kurz, Math.floor(links / 6.6)), "end") + schrift(links - 2, y + 4, R[n].nr || "", "end", "grau") +
        (z.zeichen ? schrift(links + 8, y + 4, `${z.zeichen} ${D.zeichen[z.zeichen] ?? ""}`, "start", "grau") :
          (z.unten === null ? "" : weg(`M${x.ort(z.unten)} ${y}H${x.ort(z.oben)}`, "spanne")) + kreis(x.ort(z.wert), y, 3.6, hohl ? "punkt hohl" : "punkt") + schrift(breite, y + 4, zahl(z.wert, i.stellen), "end")) + "</g>";
    }).join("");
    id("bild").innerHTML = `<svg class="diagramm" viewBox="0 0 ${breite} ${unten + 24}" aria-hidden="true">${teile}</svg>`;
    const bounded = s.unten !== undefined;
    id("bildworte").textContent = bounded ? `Punkt mit 95-%-Bereich. ${R.length > ENG ? "Hell" : "Hohl"}: nicht erkennbar anders als ${D.ganz.nominativ}.` : "Zu diesen Werten gibt es keinen 95-%-Bereich.";
  };

  // ---- Zwei Indikatoren
  const streuung = () => {
    const i = ind(), j = I.get(Z.zweit), s = stand(), q = stand(j), t = treffer(), breite = Math.max(260, weite || id("bild").clientWidth || 416), hoehe = Math.min(520, breite * 0.92);
    const paare = R.map((_, n) => [n, zelle(n, s), zelle(n, q)]).filter(([, a, b]) => !a.zeichen && !b.zeichen);
    const x = achse(paare.map(([, a]) => a.wert), 44, breite - 12), y = achse(paare.map(([, , b]) => b.wert), hoehe - 40, 34);
    const sx = stadtzelle(s), sy = stadtzelle(q);
    let teile = x.marken.map((m) => weg(`M${x.ort(m)} 34V${hoehe - 40}`, "gitter") + schrift(x.ort(m), hoehe - 22, x.wort(m), "middle", "grau")).join("") +
      y.marken.map((m) => weg(`M44 ${y.ort(m)}H${breite - 12}`, "gitter") + schrift(38, y.ort(m) + 4, y.wort(m), "end", "grau")).join("") +
      schrift(0, 14, `↑ ${j.name}, ${q.stand}`, "start", "fett") + schrift(breite - 4, hoehe - 4, `${i.name}, ${s.stand} →`, "end", "fett");
    if (!sx.zeichen) teile += weg(`M${x.ort(sx.wert)} 34V${hoehe - 40}`, "stadtlinie") + schrift(x.ort(sx.wert) + 4, 44, `${D.stadt} ${mit(i, sx.wert)}`);
    if (!sy.zeichen) teile += weg(`M44 ${y.ort(sy.wert)}H${breite - 12}`, "stadtlinie") + schrift(breite - 14, y.ort(sy.wert) - 5, mit(j, sy.wert), "end");
    const oben = (n) => Z.wahl.includes(n) || Z.fest === n;
    teile += paare.sort(([a], [b]) => oben(a) - oben(b)).map(([n, a, b]) => {
      const px = x.ort(a.wert), py = y.ort(b.wert), kreuz = (a.unten === null ? "" : `M${x.ort(a.unten)} ${py}H${x.ort(a.oben)}`) + (b.unten === null ? "" : `M${px} ${y.ort(b.unten)}V${y.ort(b.oben)}`), links = px > breite * 0.65;
      return `<g class="paar${oben(n) ? " gewaehlt" : ""}${t[n] ? "" : " aus"}" data-n="${n}">${weg(kreuz || "M0 0", "spanne")}${kreis(px, py, R.length > 200 ? 3.5 : 5.5, "punkt")}${schrift(px + (links ? -9 : 9), py + 4, R[n].kurz, links ? "end" : "start", "name")}</g>`;
    }).join("");
    id("bild").innerHTML = `<svg class="diagramm" viewBox="0 0 ${breite} ${hoehe}" role="img" aria-label="Streudiagramm: ${text(i.name)} und ${text(j.name)}; die Werte stehen in der Tabelle">${teile}</svg>`;
    id("bildworte").textContent = `${paare.length} ${ebene().mehrzahl} mit beiden Werten. Zwei Werte, die zusammen auftreten, erklären einander nicht.`;
  };

  const bild = () => {
    id("abbildung").classList.toggle("zwei", !!Z.zweit);
    id("zweitwahl").hidden = !Z.zweit;
    document.querySelector(`[name=ansicht][value=${Z.zweit ? "zwei" : "rang"}]`).checked = true;
    if (Z.zweit) { id("zweit").value = Z.zweit; streuung(); } else rangfolge();
    gemeint();
  };
  id("zweit").innerHTML = Atlas.auswahl;
  id("zweit").addEventListener("change", (e) => wechseln({ zweit: e.target.value }));
  id("ansicht").addEventListener("change", (e) => wechseln({ zweit: e.target.value === "zwei" ? andere() : "" }));
  const andere = () => {
    const i = ind(), gewertet = D.indikatoren.filter((j) => j.id !== i.id && j.richtung), fremd = gewertet.find((j) => j.dimension !== i.dimension && j.staende.at(-1).jahr === Z.jahr);
    return (fremd ?? gewertet[0] ?? D.indikatoren.find((j) => j.id !== i.id) ?? i).id;
  };
  id("bild").addEventListener("pointermove", (e) => zeigen(unterZeiger(e)));
  neben.addEventListener("pointerleave", () => zeigen(-1));
  id("bild").addEventListener("click", (e) => { const n = unterZeiger(e); if (n >= 0) waehlen(n); });
  new ResizeObserver(() => { if (id("bild").clientWidth !== weite) { weite = id("bild").clientWidth; if (document.documentElement.dataset.atlas) bild(); } }).observe(neben);

  // ---- Vergleich
  const feld = (n, i, y, erstes) => {
    const z = zelle(n), S = staende(i), erste = S[0].jahr, letzte = S.at(-1).jahr, breite = 290, x = (jahr) => (erste === letzte ? 132 : 34 + ((jahr - erste) / (letzte - erste)) * 206);
    const stuecke = (zellen) => {
      const aus = [[]];
      S.forEach((s, k) => { const c = zellen[k]; if (s.bruch || c.zeichen) aus.push([]); if (!c.zeichen) aus.at(-1).push([x(s.jahr), c]); });
      return aus.filter((teil) => teil.length);
    };
    const linie = (zellen, kl) => stuecke(zellen).map((t) => weg("M" + t.map(([px, c]) => `${px} ${y.ort(c.wert)}`).join("L") + (t.length < 2 ? "h.1" : ""), kl)).join("");
    const band = (zellen) => stuecke(zellen).filter((t) => t.every(([, c]) => c.unten !== null) && t.length > 1).map((t) => weg("M" + t.map(([px, c]) => `${px} ${y.ort(c.oben)}`).join("L") + "L" + [...t].reverse().map(([px, c]) => `${px} ${y.ort(c.unten)}`).join("L") + "Z", "band")).join("");
    const eigene = S.map((s) => zelle(n, s)), stadt = S.map((s) => stadtzelle(s)), name = text(R[n].kurz);
    const brueche = S.map((s, k) => (s.bruch ? weg(`M${(x(S[k - 1].jahr) + x(s.jahr)) / 2} 18V128`, "bruchlinie") + (erstes ? schrift((x(S[k - 1].jahr) + x(s.jahr)) / 2 - 4, 14, `Bruch ${s.bruch}`, "end") : "") : "")).join("");
    const letzter = stadt.at(-1);
    return `<li class="feld"><h3>${brechbar(R[n].kurz)}</h3><p class="wert">${z.zeichen ?? zahl(z.wert, i.stellen)} <small>${z.zeichen || i.einheit === "Index" ? "" : text(i.einheit)}</small></p>` +
      `<p class="grau">${z.zeichen ? "" : `${z.unten === null ? "" : bereich(i, z) + "; "}Rang ${rangtext(z)}<br>`}${urteil(i, z)}</p>` +
      `<svg class="diagramm" viewBox="0 0 ${breite} 152" role="img" aria-label="Verlauf ${name}; die Werte stehen in der Tabelle der Jahre">` +
      y.marken.map((m) => weg(`M34 ${y.ort(m)}H252`, "gitter") + schrift(28, y.ort(m) + 4, y.wort(m), "end", "grau")).join("") + brueche + band(eigene) + linie(stadt, "reihe stadt") + linie(eigene, "reihe") +
      (z.zeichen ? "" : kreis(x(Z.jahr), y.ort(z.wert), 3.6, "punkt") + schrift(x(Z.jahr) + (x(Z.jahr) > 200 ? -2 : 7), y.ort(z.wert) - 8, zahl(z.wert, i.stellen), x(Z.jahr) > 200 ? "end" : "start", "fett")) +
      [...new Set([erste, letzte])].map((jahr) => schrift(x(jahr), 148, jahr, "middle", "grau")).join("") + (erstes && !letzter.zeichen ? schrift(breite, y.ort(letzter.wert) + 4, D.ganz.einzahl, "end", "grau") : "") +
      `</svg><p class="tat"><button type="button" class="link" data-wahl="${n}">Entfernen<span class="nurton">: ${name}</span></button>${R[n].profil ? `<a href="${R[n].profil}">Profil<span class="nurton"> ${name}</span></a>` : ""}</p></li>`;
  };
  const paarsatz = () => { // welche der gewählten sich erkennbar unterscheiden
    const i = ind(), mit = Z.wahl.map((n) => [R[n].kurz, zelle(n)]).filter(([, z]) => !z.zeichen && z.unten !== null);
    const paare = mit.flatMap((a, k) => mit.slice(k + 1).map((b) => [a, b])), gleich = paare.filter(([[, a], [, b]]) => !verschieden(i, a, b));
    if (!paare.length) return "";
    const genannt = gleich.map(([[a], [b]]) => `${a} und ${b}`).join("; ");
    if (paare.length === 1) return gleich.length ? ` Nicht erkennbar verschieden sind ${genannt}.` : ` ${mit[0][0]} und ${mit[1][0]} unterscheiden sich erkennbar.`;
    if (!gleich.length) return " Alle unterscheiden sich erkennbar voneinander.";
    return gleich.length === paare.length ? " Keine zwei unterscheiden sich erkennbar." : ` Nicht erkennbar verschieden sind ${genannt}. Die übrigen Paare unterscheiden sich erkennbar.`;
  };
  const vergleich = () => {
    const i = ind(), S = staende(i), leer = Z.wahl.length === 0;
    id("vergleichstitel").textContent = leer ? "Vergleichen" : S.length > 1 ? `${i.name} im Verlauf, ${S[0].stand} bis ${S.at(-1).stand}` : `${i.name}, ${S[0].stand}`;
    id("vergleichsworte").textContent = leer ? Atlas.worte().vergleichen : `Farbig: ${ebene().einzahl}${S.some((s) => s.unten) ? " mit 95-%-Bereich" : ""}, grau: ${D.stadt}` + i.brueche.map((b) => `. Bruch ${b.ab}: Werte davor und danach sind nicht vergleichbar`).join("") + "." + (paarsatz() && ` ${stand().stand}:${paarsatz()}`);
    const zellen = [...Z.wahl.flatMap((n) => S.map((s) => zelle(n, s))), ...S.map((s) => stadtzelle(s))].filter((z) => !z.zeichen);
    const y = achse(zellen.flatMap((z) => (z.unten === null ? [z.wert] : [z.unten, z.oben])), 128, 22, 3);
    id("felder").innerHTML = Z.wahl.map((n, k) => feld(n, i, y, k === 0)).join("");
    id("jahrtafel").hidden = leer;
    id("jahreswerte").innerHTML = leer ? "" : `<caption class="nurton">${text(i.name)} der gewählten ${text(ebene().mehrzahl)}</caption><thead><tr><th scope="col">Stand</th>${Z.wahl.map((n) => `<th scope="col" class="re">${brechbar(R[n].kurz)}</th>`).join("")}<th scope="col" class="re">${text(D.stadt)}</th></tr></thead><tbody>` +
      S.map((s) => (s.bruch ? `<tr class="bruchzeile"><td class="li" colspan="${Z.wahl.length + 2}">Bruch ${s.bruch}: ${text(i.brueche.find((b) => b.ab <= s.jahr && b.ab >= s.bruch - 1)?.grund ?? "")}</td></tr>` : "") +
        `<tr><th scope="row">${s.stand}</th>${[...Z.wahl.map((n) => zelle(n, s)), stadtzelle(s)].map((z) => `<td>${z.zeichen ?? zahl(z.wert, i.stellen) + (z.unten === null ? "" : ` <span class="grau">(${bereich(i, z, "–")})</span>`)}</td>`).join("")}</tr>`).join("") + "</tbody>";
  };

  hinweise.push(gemeint, () => { if (Z.zweit) for (const g of document.querySelectorAll(".paar.zeig")) g.parentNode.append(g); });
  teile.push(bild, vergleich);
})();
