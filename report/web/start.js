// Findet Gebiete aller Ebenen und was sie umfassen und gibt Auskunft: erst die Werte, dann Wege. Ohne JavaScript
// führen Karte und Verweise ans Ziel.
"use strict";
(() => {
  const D = window.orte, feld = document.getElementById("ort"), liste = document.getElementById("orte");
  const ansage = document.getElementById("ortansage"), auskunft = document.getElementById("auskunft");
  const HOECHSTENS = 8, VERGLEICHBAR = 4;
  const text = (t) => String(t).replace(/[&<>"]/g, (z) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[z]);
  const gefaltet = (t) => Seite.gefaltet(t).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const orte = D.orte.map(([name, art, zusatz, raeume], platz) => ({ name, art, zusatz, raeume, platz, form: " " + gefaltet(name) }));
  let offen = [], stelle = -1;

  const schliessen = () => { liste.hidden = true; stelle = -1; feld.setAttribute("aria-expanded", "false"); feld.removeAttribute("aria-activedescendant"); };
  const sagen = (satz, sichtbar = false) => { ansage.textContent = satz; ansage.classList.toggle("nurton", !sichtbar); };
  const umriss = (raeume) => { for (const weg of document.querySelectorAll("#stadtkarte [data-raum]")) weg.classList.toggle("gefunden", raeume.includes(+weg.dataset.raum)); };
  const raeumen = () => { auskunft.hidden = true; umriss([]); };
  const zeigen = () => {
    const worte = gefaltet(feld.value).split(" ").filter((w) => w);
    if (!worte.length) { sagen(""); return schliessen(); }
    const rang = (o) => (o.form.startsWith(" " + worte.join(" ")) ? 0 : worte.every((w) => o.form.includes(" " + w)) ? 1 : 2);
    offen = orte.filter((o) => worte.every((w) => o.form.includes(w))).sort((a, b) => rang(a) - rang(b) || a.platz - b.platz).slice(0, HOECHSTENS);
    stelle = -1;
    liste.innerHTML = offen.map((o, k) => `<li role="option" id="ort-${k}" aria-selected="false"><b>${text(o.name)}</b> <span>${text(o.art)}${o.art === D.bezirk && o.zusatz ? ` ${text(o.zusatz)}` : ""}${o.raeume.length === 1 && o.art === D.bezirk ? `, gehört zu ${text(D.raeume[o.raeume[0]].name)}` : ""}</span></li>`).join("");
    sagen(offen.length === 0 ? "Nichts gefunden. Gesucht wird nach Namen, nicht nach Straßen oder Postleitzahlen." : offen.length === 1 ? "1 Vorschlag" : `${offen.length} Vorschläge`, offen.length === 0);
    if (!offen.length) raeumen();
    liste.hidden = offen.length === 0;
    feld.setAttribute("aria-expanded", String(offen.length > 0));
    feld.removeAttribute("aria-activedescendant");
  };
  const gehen = (schritt) => {
    if (liste.hidden) return zeigen();
    stelle = (stelle + schritt + offen.length + (stelle < 0 && schritt < 0 ? 1 : 0)) % offen.length;
    [...liste.children].forEach((zeile, k) => zeile.setAttribute("aria-selected", String(k === stelle)));
    feld.setAttribute("aria-activedescendant", `ort-${stelle}`);
    liste.children[stelle].scrollIntoView({ block: "nearest" });
  };
  const werte = (r) => r.werte.map((w) => `<div><dt>${text(w.name)}</dt><dd><span class="wert">${text(w.wert)} <small>${text(w.einheit)}</small></span>${[w.bereich, w.lage].filter((t) => t).map((t) => `<span>${text(t)}</span>`).join("")}</dd></div>`).join("");
  // Die Gebiete eines größeren im Atlas: gewählt, soweit er so viele vergleicht, sonst über den Namen gesucht
  const imAtlas = (o) => `atlas.html#indikator=${D.leit}&` + (o.raeume.length <= VERGLEICHBAR ? `raum=${o.raeume.map((n) => D.raeume[n].id).join(",")}` : `suche=${encodeURIComponent(o.name)}`);
  const nehmen = (o) => {
    feld.value = o.name;
    schliessen();
    umriss(o.raeume);
    const einer = o.raeume.length === 1 ? D.raeume[o.raeume[0]] : null;
    if (einer) {
      const dazu = [o.art === D.bezirk ? `${o.name} (${o.art}${o.zusatz ? " " + o.zusatz : ""}) gehört zu ${D.diesem}` : o.zusatz ? `${D.oben} ${o.zusatz}` : "", einer.urteil].filter((t) => t).join("; ");
      auskunft.innerHTML = `<h2>${text(einer.name)}</h2><p>${text(dazu)}</p><dl>${werte(einer)}</dl><p class="weiter">${einer.blatt ? `<a href="${einer.blatt}">Chancen, Belastungen und Maßnahmen</a> ` : ""}${einer.profil ? `<a href="${einer.profil}">Profil öffnen</a> ` : ""}<a href="atlas.html#indikator=${D.leit}&raum=${einer.id}">Werte${D.seit} im Atlas</a></p>`;
    } else {
      auskunft.innerHTML = `<h2>${text(o.name)}</h2><p>${text(o.art)} mit ${o.raeume.length} ${text(D.dativ)}</p><ul>${o.raeume.map((n) => `<li><button type="button" class="link" data-nimm="${n}">${text(D.raeume[n].name)}</button></li>`).join("")}</ul><p class="weiter"><a href="${imAtlas(o)}">Werte${D.seit} im Atlas</a></p>`;
    }
    auskunft.hidden = false;
    sagen(einer ? `${einer.name}: ${einer.werte.map((w) => `${w.name} ${w.wert} ${w.einheit}`.trim()).join("; ")}` : `${o.name}: ${o.raeume.length} ${D.mehrzahl}`);
  };

  feld.addEventListener("input", zeigen);
  feld.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); gehen(e.key === "ArrowDown" ? 1 : -1); }
    if (e.key === "Enter" && !liste.hidden) { e.preventDefault(); nehmen(offen[Math.max(0, stelle)]); }
    if (e.key === "Escape") { if (liste.hidden) { feld.value = ""; sagen(""); raeumen(); } schliessen(); }
  });
  feld.addEventListener("blur", () => setTimeout(schliessen, 150));
  liste.addEventListener("pointerdown", (e) => { const zeile = e.target.closest("li"); if (zeile) { e.preventDefault(); nehmen(offen[[...liste.children].indexOf(zeile)]); } });
  auskunft.addEventListener("click", (e) => { const knopf = e.target.closest("[data-nimm]"); if (knopf) nehmen(orte.find((o) => o.raeume.length === 1 && o.raeume[0] === +knopf.dataset.nimm)); });
})();
