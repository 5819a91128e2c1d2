// Auswahl, Karte mit Legende und Ablesung, Tabelle mit Filter.
"use strict";
(() => {
  const { D, R, EBENEN, Z, teile, hinweise, ruhig, MEISTENS, id, ebene, darueber, standDarueber, gruppe, ind, stelle, stand, zelle, stadtzelle, stufe, farbe, schraffiert, bereich, rangtext, urteil, lagewort, wandlung, wandeleinheit, wandeltext } = Atlas;
  const { vorgelesen, nummer, treffer, geordnet, zahl, mit, text, brechbar, zeichnen, zeigen, waehlen, wechseln } = Atlas;
  const inEinheit = (einheit) => (einheit.startsWith("je ") ? einheit : `in ${einheit}`);
  const profil = (n, wort) => (R[n].profil ? `<a href="${R[n].profil}">${wort}</a>` : "");

  // ---- Indikator und Jahr
  const gruppen = new Map();
  for (const i of D.indikatoren) gruppen.set(i.dimension, [...(gruppen.get(i.dimension) ?? []), i]);
  Atlas.auswahl = [...gruppen].map(([name, alle]) => `<optgroup label="${text(name)}">${alle.map((i) => `<option value="${i.id}">${text(i.name)}</option>`).join("")}</optgroup>`).join("");
  id("indikator").innerHTML = Atlas.auswahl;
  // Die Worte einer Ebene stehen an ihren Plätzen in der Seite
  const WORTE = JSON.parse(id("atlas").dataset.worte);
  Atlas.worte = () => WORTE[Z.ebene];
  id("ebenen")?.addEventListener("change", (e) => { halt(); wechseln({ ebene: +e.target.value }); });
  let benannt = 0;
  const ebenenworte = () => {
    if (benannt === Z.ebene) return;
    benannt = Z.ebene;
    id("ebenen").querySelector(`[value="${Z.ebene}"]`).checked = true;
    for (const platz of document.querySelectorAll("[data-wort]")) platz.textContent = Atlas.worte()[platz.dataset.wort];
  };
  id("indikator").addEventListener("change", (e) => { halt(); wechseln({ ind: e.target.value }); });
  id("jahre").addEventListener("change", (e) => { halt(); wechseln({ jahr: +e.target.value }); });

  let spiel = 0;
  const halt = () => { clearInterval(spiel); spiel = 0; };
  const schritt = () => {
    const alle = ind().staende;
    Z.jahr = alle[(stelle() + 1) % alle.length].jahr;
    if (spiel && Z.jahr === alle.at(-1).jahr) halt();
    zeichnen(!spiel);
  };
  id("spiel").addEventListener("click", () => {
    if (spiel) { halt(); return zeichnen(true); }
    if (ruhig.matches) return schritt();
    const alle = ind().staende;
    if (Z.jahr === alle.at(-1).jahr) Z.jahr = alle[0].jahr;
    spiel = setInterval(schritt, 1400);
    zeichnen();
  });

  let gezeigt = "";
  const jahre = () => {
    const i = ind(), amJahr = id("jahre").contains(document.activeElement);
    id("indikator").value = Z.ind;
    id("jahrwort").textContent = i.zeit;
    if (gezeigt !== i.id) {
      gezeigt = i.id;
      id("jahre").innerHTML = i.staende.map((s) => `<label${s.bruch ? ' class="bruch"' : ""}><input type="radio" name="jahr" value="${s.jahr}"><span>${s.jahr}${s.bruch ? '<span class="nurton">, Bruch: anders gezählt als davor</span>' : ""}</span></label>`).join("");
    }
    const knopf = id("jahre").querySelector(`[value="${Z.jahr}"]`);
    knopf.checked = true;
    if (amJahr) knopf.focus();
    id("spiel").hidden = i.staende.length < 2;
    id("spiel").textContent = spiel ? "Anhalten" : ruhig.matches ? "Nächstes Jahr" : "Abspielen";
  };

  // ---- Worte um die Karte
  const worte = () => {
    const i = ind(), s = stand(), bruch = i.brueche.map((b) => `Bruch ${b.ab}: ${b.grund} Über den Bruch hinweg nicht vergleichbar. `).join("");
    id("titel").textContent = `${i.name}, ${s.stand}`;
    document.title = `${i.name}, ${s.stand} – ${id("atlas").dataset.titel}`;
    id("einheit").textContent = i.was;
    id("befund").textContent = s.befund;
    id("lesen").textContent = s.lesen;
    id("lesebeispiel").hidden = !s.lesen;
    id("quelle").textContent = `${i.quelle}; Stand ${s.stand}. ${bruch}${i.definition}`;
  };

  const legende = () => {
    const i = ind(), s = stand(), folge = i.richtung === 1 ? [0, 1, 2, 3, 4] : [4, 3, 2, 1, 0], stadt = stadtzelle(s);
    const je = (zeichen) => [...s.klasse].filter((k) => k === zeichen).length;
    const fehlend = Object.entries(D.zeichen).map(([z, wort]) => [z, wort, s.wert.filter((w) => w === z).length]).filter(([, , zahl]) => zahl);
    const pol = (wort) => (wort ? `<tr class="pol"><td></td><td colspan="2">${wort}</td></tr>` : "");
    id("legende").innerHTML = `<caption>${i.einheit === "Index" ? `${text(D.stadt)} = 100` : text(inEinheit(i.einheit))}<span>${text(ebene().mehrzahl)}</span></caption><tbody>${pol(i.richtung ? "ungünstig" : "ohne Wertung; oben: mehr")}` +
      folge.map((k) => `<tr><td class="probe"><i class="${farbe(i, { klasse: k })}"></i></td><td>${i.stufen[k]}</td><td>${je(String(k))}</td></tr>`).join("") + pol(i.richtung ? "günstig" : "") +
      fehlend.map(([z, wort, zahl]) => `<tr><td class="probe"><i class="${schraffiert(z) ? "geheim" : "ohne"}"></i></td><td>„${z}“ ${wort}</td><td>${zahl}</td></tr>`).join("") +
      `</tbody><tfoot><tr><th colspan="2" scope="row">${text(D.stadt)}</th><td>${stadt.zeichen ?? mit(i, stadt.wert)}</td></tr></tfoot>`;
  };

  // ---- Karte
  const karte = id("karte"), flaechen = karte ? [...karte.querySelectorAll(".flaeche")] : [];
  const nummern = id("nummern") ? [...id("nummern").children] : [];
  flaechen.forEach((f, n) => { R[n].d = f.getAttribute("d"); });
  const grenzen = [id("grenzen")?.getAttribute("d"), ...EBENEN.slice(1).map((_, k) => (EBENEN[k + 2]?.raeume ?? []).map((r) => r.d).join(""))];
  let gezeichnet = 0;
  const grundkarte = () => { // die Flächen einer anderen Ebene
    if (!karte || gezeichnet === Z.ebene) return;
    gezeichnet = Z.ebene;
    karte.classList.toggle("viele", R.length > 60); // sie wechseln die Farbe auf einmal: gleitend kostete es mehrere Bilder
    id("flaechen").setAttribute("aria-label", Atlas.worte().karte);
    id("flaechen").innerHTML = R.map((r, n) => `<path class="flaeche" id="f-${n}" data-n="${n}" role="option" aria-selected="false" tabindex="${n ? -1 : 0}" d="${r.d}"/>`).join("");
    id("nummern").innerHTML = R.map((r) => `<text x="${r.x}" y="${r.y}" dy=".36em">${r.nr || text(r.kurz)}</text>`).join("");
    id("grenzen").setAttribute("d", grenzen[Z.ebene]);
    flaechen.splice(0, flaechen.length, ...id("flaechen").children);
    nummern.splice(0, nummern.length, ...id("nummern").children);
    messen();
  };
  let dabei = [], beziffert = true;
  const setzen = (element, name, wert) => { if (element.getAttribute(name) !== wert) element.setAttribute(name, wert); }; // was bleibt, kostet nichts
  const malen = () => {
    const i = ind(), s = stand();
    dabei = treffer();
    flaechen.forEach((f, n) => {
      const z = zelle(n, s), ton = z.zeichen ? (schraffiert(z.zeichen) ? "geheim" : "ohne") : farbe(i, z);
      setzen(f, "class", `flaeche ${ton}${dabei[n] ? "" : " aus"}${Z.zeig === n ? " zeig" : ""}`);
      setzen(f, "aria-label", vorgelesen(n, i, z));
      setzen(f, "aria-selected", String(Z.wahl.includes(n)));
      if (beziffert && nummern[n]) setzen(nummern[n], "class", z.zeichen ? "aufohne" : `auf${stufe(i, z)}`);
    });
    oben();
  };
  const kurz = (t) => (t.length <= 28 ? t : t.slice(0, (t.lastIndexOf("/", 26) + 1 || 27)) + "…");
  let kartenbreite = 0; // wird beim Ändern der Größe gemessen, nicht beim Zeichnen
  const messen = () => {
    kartenbreite = karte.clientWidth;
    if (!kartenbreite) return;
    const u = D.breite / kartenbreite, passt = (r) => r.g / u > (r.nr ? 22 : 6 * r.kurz.length);
    const platz = R.filter(passt).length > (R[0].nr ? R.length / 2 : 0); // sonst steht keine Nummer
    id("oben").setAttribute("font-size", 13 * u);
    id("nummern").setAttribute("font-size", 12 * u);
    const vorher = beziffert;
    beziffert = platz;
    nummern.forEach((t, n) => setzen(t, "visibility", platz && passt(R[n]) ? "visible" : "hidden"));
    if (document.documentElement.dataset.atlas) { if (platz && !vorher) malen(); else oben(); }
  };
  const oben = () => { // Umrisse und Schilder über der Karte; Schilder weichen einander nach unten aus
    if (!kartenbreite) return;
    const i = ind(), u = D.breite / kartenbreite, alle = [...new Set([...Z.wahl, Z.zeig >= 0 ? Z.zeig : Z.fest])].filter((n) => n >= 0);
    const fokus = document.activeElement?.classList.contains("flaeche") ? nummer(document.activeElement) : -1;
    const wege = (kl) => alle.map((n) => `<path class="${kl}${n === fokus ? " fokus" : ""}" d="${flaechen[n].getAttribute("d")}"/>`).join("");
    id("oben").innerHTML = wege("hof") + wege("umriss");
    let tief = -Infinity;
    for (const n of alle.sort((a, b) => R[a].y - R[b].y)) {
      const r = R[n], z = zelle(n), schild = document.createElementNS("http://www.w3.org/2000/svg", "text");
      const seite = r.x < 260 ? "start" : r.x > 740 ? "end" : "middle";
      tief = Math.max(r.y - 14 * u, tief + 20 * u);
      schild.setAttribute("x", seite === "start" ? Math.max(8, r.x - 60) : seite === "end" ? Math.min(992, r.x + 60) : r.x);
      schild.setAttribute("y", tief);
      schild.setAttribute("text-anchor", seite);
      schild.textContent = `${kurz(r.kurz)} ${z.zeichen ?? mit(i, z.wert)}`;
      id("oben").append(schild);
      const b = schild.getBBox(), grund = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, wert] of Object.entries({ x: b.x - 4 * u, y: b.y, width: b.width + 8 * u, height: b.height, class: "grund" })) grund.setAttribute(name, wert);
      schild.before(grund);
    }
  };
  if (karte) {
    karte.classList.toggle("viele", R.length > 60);
    const liste = id("flaechen");
    liste.addEventListener("pointerover", (e) => zeigen(nummer(e.target)));
    liste.addEventListener("pointerleave", () => zeigen(-1));
    liste.addEventListener("focusin", (e) => { zeigen(nummer(e.target)); oben(); });
    liste.addEventListener("focusout", () => { zeigen(-1); });
    liste.addEventListener("click", (e) => { const n = nummer(e.target); if (n >= 0) waehlen(n); });
    const RICHTUNG = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    liste.addEventListener("keydown", (e) => {
      const n = nummer(e.target), weg = RICHTUNG[e.key];
      let ziel = e.key === "Home" ? 0 : e.key === "End" ? R.length - 1 : -1;
      if (weg) { // der nächste in dieser Richtung; seitlicher Abstand zählt doppelt
        let beste = Infinity;
        R.forEach((r, m) => {
          const x = r.x - R[n].x, y = r.y - R[n].y, vor = x * weg[0] + y * weg[1], seite = Math.abs(x * weg[1]) + Math.abs(y * weg[0]);
          if (m !== n && vor > 0 && seite < 2 * vor && vor + 2 * seite < beste) { beste = vor + 2 * seite; ziel = m; }
        });
      }
      if (e.key === "Enter" || e.key === " ") waehlen(n);
      else if (!weg && ziel < 0) return;
      e.preventDefault();
      if (ziel < 0) return;
      flaechen[n].tabIndex = -1;
      flaechen[ziel].tabIndex = 0;
      flaechen[ziel].focus();
    });
    new ResizeObserver(messen).observe(karte);
    hinweise.push(oben);
  }

  const ablesung = () => {
    const n = Z.zeig >= 0 ? Z.zeig : Z.fest, i = ind(), kasten = id("ablesung");
    if (n < 0) { kasten.innerHTML = `<p class="grau">${text(Atlas.worte().ablesen)}</p>`; return; }
    const z = zelle(n), r = R[n], an = Z.wahl.includes(n), ueber = gruppe(r);
    const davon = ueber && zelle(r.gruppe, standDarueber()), kopf = ueber && `${darueber().einzahl} ${ueber}: ${davon.zeichen ?? mit(i, davon.wert)}`;
    kasten.innerHTML = `<h3>${brechbar(r.kurz)}</h3>${ueber && `<p class="grau">${text(kopf)}</p>`}` +
      (z.zeichen ? `<p class="wert">${z.zeichen}</p>` : `<p class="wert">${zahl(z.wert, i.stellen)} <small>${i.einheit === "Index" ? "" : text(i.einheit)}</small></p>` +
        (z.unten === null ? "" : `<p>95-%-Bereich: ${bereich(i, z)}</p>`) + (z.fall === null ? "" : `<p>${zahl(z.fall)} ${text(i.fall)} <span class="grau">(Bezug: ${zahl(z.bezug)})</span></p>`) +
        (wandeltext(n) ? `<p>${wandeltext(n)}${wandeleinheit(i) && ` ${text(wandeleinheit(i))}`} <span class="grau">${text(wandlung().gegen)}</span></p>` : "") +
        `<p>Rang ${rangtext(z)} von ${stand().rang.filter((k) => k).length}</p>`) +
      `<p class="urteil${urteil(i, z).endsWith("ungünstiger") ? " schlecht" : ""}">${urteil(i, z)}</p>` +
      `<p class="tat"><button type="button" class="knopf" data-wahl="${n}">${an ? "Entfernen" : "Vergleichen"}</button>${profil(n, "Profil")}</p>`;
  };

  // ---- Tabelle; was nicht auf den ersten Blick zu sehen ist, wird nachgelegt. Viele Zeilen stehen in Blöcken (tbody), von
  // denen der Browser nur die sichtbaren setzt; gefunden und vorgelesen werden alle. Eine Tabelle setzt er nur als Ganzes,
  // deshalb sind ihre Zeilen dann Kästen, und was Zeile, Kopf und Zelle ist, sagen ihre Rollen.
  const BLOCK = 40, AUF_EINMAL = 4, viele = () => R.length > 200;
  const spaeter = window.requestIdleCallback ?? setTimeout; // wenn der Browser sonst nichts zu tun hat
  const rolle = (name) => (viele() ? ` role="${name}"` : "");
  let lauf = 0, mitRollen = false;
  const rollen = () => {
    const tafel = id("werte");
    if (mitRollen === viele()) return;
    mitRollen = viele();
    tafel.classList.toggle("viele", mitRollen);
    for (const [wo, name] of [["", "table"], ["thead, #werte tbody, #werte tfoot", "rowgroup"], ["thead tr", "row"], ["thead td", "cell"], ["thead th", "columnheader"]]) {
      for (const e of wo ? document.querySelectorAll(`#werte ${wo}`) : [tafel]) if (mitRollen) e.setAttribute("role", name); else e.removeAttribute("role");
    }
  };
  const zeile = (n, s) => {
    const i = ind(), z = zelle(n, s), an = Z.wahl.includes(n), leer = z.zeichen, x = (wert, f) => leer ?? (wert === null ? "x" : f(wert));
    const name = r_name(n), td = `<td${rolle("cell")}`;
    return `<tr${rolle("row")} data-n="${n}"${an ? ' class="gewaehlt"' : ""}>${td}><input type="checkbox" data-wahl="${n}" aria-label="${text(R[n].kurz)} vergleichen"${an ? " checked" : Z.wahl.length >= MEISTENS ? " disabled" : ""}></td><th${rolle("rowheader")} scope="row">${name}</th>` +
      `${td}>${leer ?? zahl(z.wert, i.stellen)}</td>${td}>${leer ?? (bereich(i, z, "–") || "x")}</td>${td}>${rangtext(z)}</td>${td} class="li">${lagewort(z)}</td>${mitWandel() ? `${td}>${leer ?? (wandeltext(n) || "x")}</td>` : ""}${td}>${x(z.fall, zahl)}</td>${td}>${x(z.bezug, zahl)}</td>` +
      (darueber() ? `${td} class="li">${text(gruppe(R[n]))}</td>` : "") + (R[0].nr ? `${td}>${R[n].nr}</td>` : "") + "</tr>";
  };
  const mitWandel = () => !!wandlung();
  const r_name = (n) => profil(n, brechbar(R[n].kurz)) || brechbar(R[n].kurz);
  const tabelle = () => {
    const i = ind(), s = stand(), folge = geordnet(), stadt = stadtzelle(s), mein = ++lauf, koerper = id("zeilen");
    id("tabellenworte").textContent = `${i.name}, ${s.stand}: ${i.was}`;
    id("kopfwert").textContent = i.einheit === "Index" ? "Wert" : `Wert ${inEinheit(i.einheit)}`;
    id("kopfwandel").closest("th").hidden = !mitWandel();
    if (mitWandel()) id("kopfwandel").textContent = `Veränderung ${wandlung().gegen}${i.einheit === "Index" ? "" : i.einheit === "%" ? " in Prozentpunkten" : `, ${inEinheit(i.einheit)}`}`;
    id("kopfnr").hidden = !R[0].nr;
    if (id("kopfoben")) id("kopfoben").hidden = !darueber();
    for (const kopf of document.querySelectorAll("#werte thead th")) {
      const eigene = kopf.querySelector("button")?.dataset.sort === Z.sort;
      if (eigene) kopf.setAttribute("aria-sort", Z.ab ? "descending" : "ascending"); else kopf.removeAttribute("aria-sort");
    }
    rollen();
    const block = (ab, bis) => folge.slice(ab, bis).map((n) => zeile(n, s)).join("");
    koerper.innerHTML = block(0, BLOCK);
    for (const weiterer of document.querySelectorAll("#werte tbody.weiterer")) weiterer.remove();
    const nachlegen = (ab) => {
      if (mein !== lauf || ab >= folge.length) return;
      const bis = ab + AUF_EINMAL * BLOCK;
      if (viele()) {
        const neue = [];
        for (let k = ab; k < Math.min(bis, folge.length); k += BLOCK) neue.push(`<tbody class="weiterer" role="rowgroup">${block(k, k + BLOCK)}</tbody>`);
        id("ganze").insertAdjacentHTML("beforebegin", neue.join(""));
      } else koerper.insertAdjacentHTML("beforeend", block(ab, bis));
      spaeter(() => nachlegen(bis));
    };
    setTimeout(() => spaeter(() => nachlegen(BLOCK)));
    const td = `<td${rolle("cell")}>`, ohne = `${td}</td>`;
    const ganzes = (name, z, leer = z.zeichen) => `<tr${rolle("row")}>${ohne}<th${rolle("rowheader")} scope="row">${text(name)}</th>${td}${leer ?? zahl(z.wert, i.stellen)}</td>${td}${leer ?? (bereich(i, z, "–") || "x")}</td>${ohne}${td.replace(">", ' class="li">')}</td>${mitWandel() ? ohne : ""}${td}${leer ?? (z.fall === null ? "x" : zahl(z.fall))}</td>${td}${leer ?? (z.bezug === null ? "x" : zahl(z.bezug))}</td>${darueber() ? td.replace(">", ' class="li">') + "</td>" : ""}${R[0].nr ? ohne : ""}</tr>`;
    id("ganze").innerHTML = (darueber()?.raeume ?? []).map((r, k) => ganzes(`${darueber().einzahl} ${r.kurz}`, zelle(k, standDarueber(s)))).join("") + ganzes(D.stadt, stadt);
    id("trefferzahl").textContent = folge.length === R.length ? `${R.length} ${ebene().mehrzahl}` : `${folge.length} von ${R.length} ${ebene().dativ}`;
    const je = (l) => [...s.lage].filter((k) => k === l).length;
    const wahl = [["", `alle (${R.length})`], ["+", `▲ über (${je("+")})`], ["0", `≈ im Bereich (${je("0")})`], ["-", `▼ unter (${je("-")})`], ["x", `kein Intervall (${je("x")})`], [".", `ohne Wert (${je(".")})`]];
    id("lage").innerHTML = wahl.filter(([l]) => !l || l === Z.lage || je(l)).map(([l, wort]) => `<option value="${l}"${l === Z.lage ? " selected" : ""}>${wort}</option>`).join("");
    if (id("suche").value !== Z.suche) id("suche").value = Z.suche;
  };
  id("werte").addEventListener("click", (e) => {
    const knopf = e.target.closest("[data-sort]");
    if (!knopf) return;
    const spalte = knopf.dataset.sort;
    Object.assign(Z, Z.sort === spalte ? { ab: !Z.ab } : { sort: spalte, ab: !["name", "gruppe", "nr", "rang"].includes(spalte) });
    zeichnen();
  });
  id("werte").addEventListener("pointerover", (e) => zeigen(nummer(e.target)));
  id("werte").addEventListener("pointerleave", () => zeigen(-1));
  id("filter").addEventListener("submit", (e) => e.preventDefault());
  id("suche").addEventListener("input", (e) => { Z.suche = e.target.value; zeichnen(); });
  id("lage").addEventListener("change", (e) => { Z.lage = e.target.value; zeichnen(); });

  hinweise.push(ablesung);
  teile.push(ebenenworte, grundkarte, jahre, worte, legende, malen, ablesung, tabelle);
})();
