// Der Atlas: ein Zustand, den die Adresse trägt, und je Teil eine Funktion, die ihn zeichnet. Die Zahlen und Sätze stehen
// in atlas.js; hier wird nur gewählt, geordnet und gezeichnet.
"use strict";
const Atlas = (() => {
  const D = window.atlas, MEISTENS = 4;
  // Die Ebenen von den kleinsten Gebieten aufwärts; R sind die Gebiete der gewählten
  const EBENEN = [{ ...D.ebene, raeume: D.raeume }, ...D.darueber], R = [...D.raeume];

  // Die Spalten sind gepackt (sozialbericht/web/entry/packing.py) und werden ausgepackt, wenn ein Stand gebraucht wird
  const zahlen = (text) => {
    const breite = +text[0], luecke = text.indexOf(" "), kleinste = +text.slice(1, luecke), aus = [];
    for (let k = luecke + 1; k < text.length; k += breite) {
      let code = 0;
      for (let m = k; m < k + breite; m++) { const c = text.charCodeAt(m); code = code * 91 + c - 35 - (c > 92); }
      aus.push(code ? code - 1 + kleinste : null);
    }
    return aus;
  };
  const ZEICHEN = Object.keys(D.zeichen), BESCHRIEBEN = ["wert", "klasse", "rang", "von", "bis", "unten", "oben", "fall", "bezug"];
  const NUMMERN = ["wert", "unten", "oben", "fall", "bezug", "rang", "von", "bis"]; // in dieser Folge nennt ein Stand seine Spalten
  const auspacken = (i, ziel, p, spalten) => {
    const spalte = (name) => { const nummer = p.spalten[NUMMERN.indexOf(name)]; return nummer < 0 ? undefined : zahlen(spalten[nummer]); }, mal = 10 ** i.stellen;
    const ganz = spalte("wert"), folge = ganz.filter((w) => w !== null).sort((a, b) => b - a), erster = new Map();
    folge.forEach((w, k) => { if (!erster.has(w)) erster.set(w, k + 1); });
    const dazu = spalte("rang"), rang = ganz.map((w, n) => (w === null ? 0 : erster.get(w) + (dazu?.[n] ?? 0)));
    const um = (name, von, vorzeichen, teiler) => spalte(name)?.map((w, n) => (w === null ? null : (von[n] + vorzeichen * w) / teiler));
    let fehlt = 0;
    const wert = ganz.map((w) => (w === null ? ZEICHEN[p.zeichen[fehlt++]] : w / mal));
    const klasse = wert.map((w) => (typeof w === "string" ? "." : String(i.grenzen.filter((g) => g <= w).length))).join("");
    const neu = { wert, klasse, rang, von: um("von", rang, -1, 1), bis: um("bis", rang, 1, 1), unten: um("unten", ganz, -1, mal), oben: um("oben", ganz, 1, mal), fall: spalte("fall"), bezug: spalte("bezug") };
    for (const name of BESCHRIEBEN) Object.defineProperty(ziel, name, { value: neu[name] });
  };
  const einrichten = (i, { spalten, woerter }, worte = Seite.entpackt(woerter)) => {
    for (const wandel of [i.wandel, ...i.darueberwandel]) { // Veränderung der neuesten Werte seit dem Vergleichsjahr
      if (!wandel) continue;
      const { differenz } = wandel;
      Object.defineProperty(wandel, "differenz", { configurable: true, get: () => Object.defineProperty(wandel, "differenz", { value: zahlen(spalten[differenz]).map((d) => (d === null ? null : d / 10 ** i.stellen)) }).differenz });
    }
    const fassen = (ziel, p) => {
      for (const name of BESCHRIEBEN) Object.defineProperty(ziel, name, { configurable: true, get: () => { auspacken(i, ziel, p, spalten); return ziel[name]; } });
      for (const name of ["befund", "lesen"]) Object.defineProperty(ziel, name, { get: () => worte(p[name]) });
    };
    for (const s of i.staende) {
      fassen(s, { ...s });
      s.darueber = s.darueber.map((p) => { // eine Ebene darüber: dieselbe Form, gleicher Stand
        const t = Object.create(s);
        t.lage = p.lage;
        fassen(t, p);
        return t;
      });
    }
  };
  const worte = Seite.entpackt(D.woerter);
  for (const i of D.indikatoren) if (!i.teil) einrichten(i, D, worte);
  // Von vielen Gebieten liegt jeder Indikator in einer eigenen Datei, die erst geladen wird, wenn er gewählt ist
  let wartet = null;
  const teil = (i) => new Promise((fertig, fehler) => {
    const skript = document.createElement("script");
    skript.src = i.teil;
    skript.onload = () => {
      const [ganz] = window.atlasteil.indikatoren;
      if (ganz.id !== i.id) return teil(i).then(fertig, fehler); // ein anderer Teil kam dazwischen
      Object.assign(i, ganz, { teil: "" });
      einrichten(i, window.atlasteil);
      fertig();
    };
    skript.onerror = fehler;
    document.head.append(skript);
  });
  const bereit = (schluessel, dann) => {
    const fehlend = [...new Set(schluessel)].map((k) => I.get(k)).filter((i) => i?.teil);
    if (!fehlend.length) { wartet = null; return dann(); }
    const dieses = (wartet = {});
    fehlend.reduce((vorher, i) => vorher.then(() => (i.teil ? teil(i) : null)), Promise.resolve()).then(() => { if (wartet === dieses) { wartet = null; dann(); } });
  };
  const I = new Map(D.indikatoren.map((i) => [i.id, i]));
  const id = (name) => document.getElementById(name);
  const Z = { ind: D.leit, jahr: 0, ebene: 0, wahl: [], zweit: "", sort: "wert", ab: true, suche: "", lage: "", zeig: -1, fest: -1 };
  const teile = []; // Funktionen, die nach jedem Wechsel zeichnen
  const hinweise = []; // Funktionen, die nach jedem Zeigen zeichnen
  const LAGEN = { "+": ["▲", "über"], "-": ["▼", "unter"], 0: ["≈", "im Bereich"], x: ["", "kein Intervall"] };
  const ruhig = matchMedia("(prefers-reduced-motion: reduce)");

  const formen = [0, 1, 2, 3].map((s) => new Intl.NumberFormat("de-DE", { minimumFractionDigits: s, maximumFractionDigits: s }));
  const zahl = (wert, stellen = 0) => formen[stellen].format(wert).replace("-", "−");
  const einheit = (i) => (i.einheit === "Index" ? "" : "\u00a0" + i.einheit);
  const mit = (i, wert) => zahl(wert, i.stellen) + einheit(i);
  const text = (t) => String(t).replace(/[&<>"]/g, (z) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[z]);
  const brechbar = (t) => text(t).replace(/\//g, "/<wbr>");
  const { gefaltet } = Seite;

  const ind = () => I.get(Z.ind);
  const stelle = (i = ind(), jahr = Z.jahr) => i.staende.reduce((a, s, k) => (Math.abs(s.jahr - jahr) < Math.abs(i.staende[a].jahr - jahr) ? k : a), 0);
  // Was von einem Indikator auf der gewählten Ebene gesagt wird; die Ebene darüber, wo es vor der obersten noch eine gibt
  const ebene = () => EBENEN[Z.ebene], darueber = () => EBENEN[Z.ebene + 1];
  const staende = (i = ind()) => i.staende.map((s) => (Z.ebene ? s.darueber[Z.ebene - 1] : s));
  const stand = (i = ind(), jahr = Z.jahr) => staende(i)[stelle(i, jahr)];
  const standDarueber = (s = stand()) => s.darueber[Z.ebene];
  const gruppe = (r) => darueber()?.raeume[r.gruppe]?.kurz ?? "";
  const genannt = (r) => (r.nr ? `${r.nr} ${r.name}` : r.name);

  // Was von einem Gebiet gedruckt werden darf; „zeichen“, wo kein Wert gezeigt wird
  const zelle = (n, s = stand()) => {
    const wert = s.wert[n];
    if (typeof wert === "string") return { zeichen: wert, lage: "." };
    const von = (spalte) => s[spalte]?.[n] ?? null;
    return {
      wert, lage: s.lage[n], klasse: +s.klasse[n], rang: s.rang[n], von: von("von"), bis: von("bis"),
      unten: von("unten"), oben: von("oben"), fall: von("fall"), bezug: von("bezug"),
    };
  };
  const stadtzelle = (s = stand()) => {
    const [wert, unten, oben, fall, bezug] = s.stadt;
    return typeof wert === "string" ? { zeichen: wert } : { wert, unten, oben, fall, bezug };
  };
  const stufe = (i, z) => (i.richtung === 1 ? 4 - z.klasse : z.klasse) + 1; // 5 ist das belastete Ende
  const schraffiert = (zeichen) => zeichen === "." || Boolean(zeichen?.startsWith("(")); // geheim gehalten oder in Klammern, wie im Druck
  const farbe = (i, z) => `${i.richtung ? "s" : "n"}${stufe(i, z)}`; // ohne Wertung: eigene Farben, 5 heißt mehr
  const bereich = (i, z, zwischen = " bis ") => (z.unten === null ? "" : zahl(z.unten, i.stellen) + (z.unten < 0 ? " bis " : zwischen) + zahl(z.oben, i.stellen));
  const rangtext = (z) => (z.zeichen ? z.zeichen : z.rang + (z.von ? ` (${z.von === z.bis ? z.von : `${z.von}–${z.bis}`})` : ""));
  const wertung = (i, z) => (!i.richtung || !"+-".includes(z.lage) ? "" : (z.lage === "+") === (i.richtung === 1) ? ", günstiger" : ", ungünstiger");
  const urteil = (i, z) => {
    if (z.zeichen) return D.zeichen[z.zeichen] ?? "kein Wert";
    if (z.lage === "0") return `≈ nicht erkennbar anders als ${D.ganz.nominativ}`;
    return z.lage === "x" ? "kein 95-%-Bereich" : `${LAGEN[z.lage].join(" ")} dem ${D.ganz.gesamtwert}${wertung(i, z)}`;
  };
  const wandlung = (i = ind(), s = stand(i)) => (s.jahr === i.staende.at(-1).jahr ? (Z.ebene ? i.darueberwandel[Z.ebene - 1] : i.wandel) : null);
  const wandel = (n, i = ind(), s = stand(i)) => wandlung(i, s)?.differenz[n] ?? null;
  // Anteile ändern sich um Prozentpunkte, Indizes um Punkte ohne Namen
  const wandeleinheit = (i = ind()) => ({ "%": "Prozentpunkte", Index: "" })[i.einheit] ?? i.einheit;
  const wandeltext = (n, i = ind(), s = stand(i)) => {
    const d = wandel(n, i, s), l = d === null ? "" : wandlung(i, s).lage[n];
    return d === null ? "" : `${l === "x" ? "" : LAGEN[l][0] + " "}${d > 0 ? "+" : ""}${zahl(d, i.stellen)}`;
  };
  // Ob zwei Werte erkennbar verschieden sind: Der 95-%-Bereich ihrer Differenz (MOVER, aus beiden Bereichen, wie bei den Rängen des
  // Berichts) lässt 0 aus. Gerechnet wird mit gedruckten Zahlen: „verschieden“ heißt es nur, wenn es für jede Zahl gilt, die so gedruckt wird.
  const verschieden = (i, a, b) => {
    if (a.wert < b.wert) return verschieden(i, b, a);
    const halb = 0.5 / 10 ** i.stellen, d = a.wert - b.wert - 2 * halb;
    return d > 0 && d > Math.hypot(a.wert - a.unten + 2 * halb, b.oben - b.wert + 2 * halb);
  };
  const lagewort = (z) => (z.zeichen ? (D.zeichen[z.zeichen] ?? "") : LAGEN[z.lage].join(" ").trim());
  const vorgelesen = (n, i = ind(), z = zelle(n)) => `${genannt(R[n])}: ` + (z.zeichen ? urteil(i, z) : `${mit(i, z.wert)}, Rang ${rangtext(z)}, ${urteil(i, z).replace(/^[▲▼≈] /, "")}`);
  const nummer = (element) => { const t = element.closest?.("[data-n]"); return t ? +t.dataset.n : -1; };

  // Filter und Ordnung gelten für Karte, Rangfolge und Tabelle
  const gefunden = EBENEN.map(() => null); // die Worte eines Gebiets, auf höheren Ebenen auch die der Gebiete darin
  const suchtexte = (e) => (gefunden[e] ??= EBENEN[e].raeume.map((r, n) => gefaltet(`${r.nr || ""} ${r.kurz} ${r.name} ${EBENEN[e + 1]?.raeume[r.gruppe]?.kurz ?? ""} ${r.umfasst}`) +
    (e ? " " + suchtexte(e - 1).filter((_, m) => EBENEN[e - 1].raeume[m].gruppe === n).join(" ") : "")));
  const treffer = () => {
    const worte = gefaltet(Z.suche).split(/\s+/).filter((w) => w), s = stand();
    return suchtexte(Z.ebene).map((t, n) => worte.every((w) => t.includes(w)) && (!Z.lage || s.lage[n] === Z.lage));
  };
  const SPALTEN = {
    name: (n) => R[n].kurz, wert: (n, z) => z.wert ?? -Infinity, rang: (n, z) => z.rang ?? Infinity,
    lage: (n, z) => "-0+".indexOf(z.lage), wandel: (n, z, s) => wandel(n, ind(), s) ?? -Infinity, fall: (n, z) => z.fall ?? -Infinity, gruppe: (n) => gruppe(R[n]), nr: (n) => R[n].nr,
  };
  const wortfolge = new Intl.Collator("de", { numeric: true });
  const geordnet = () => {
    const s = stand(), f = SPALTEN[Z.sort], t = treffer();
    const schluessel = R.map((_, n) => f(n, zelle(n, s), s));
    const vergleich = typeof schluessel[0] === "string" ? wortfolge.compare : (a, b) => (a === b ? 0 : a < b ? -1 : 1);
    return R.map((_, n) => n).filter((n) => t[n]).sort((a, b) => vergleich(schluessel[a], schluessel[b]) * (Z.ab ? -1 : 1) || a - b);
  };

  // Eine andere Ebene; gewählt sind dann die Gebiete, in denen die gewählten liegen
  const steigen = (ziel) => {
    for (; Z.ebene < ziel; Z.ebene++) Z.wahl = [...new Set(Z.wahl.map((n) => EBENEN[Z.ebene].raeume[n].gruppe))];
    if (ziel < Z.ebene) Object.assign(Z, { ebene: ziel, wahl: [] });
    Z.fest = Z.wahl.at(-1) ?? -1;
    Z.zeig = -1;
    R.splice(0, R.length, ...ebene().raeume);
    if (["gruppe", "nr"].includes(Z.sort)) Object.assign(Z, { sort: "wert", ab: true });
  };

  // Adresse
  const schreiben = () => {
    const p = [["indikator", Z.ind], ["jahr", Z.jahr]];
    if (Z.ebene) p.push(["ebene", ebene().schluessel]);
    if (Z.wahl.length) p.push(["raum", Z.wahl.map((n) => R[n].id).join(",")]);
    if (Z.zweit) p.push(["zweit", Z.zweit]);
    if (Z.sort !== "wert" || !Z.ab) p.push(["sort", `${Z.sort}-${Z.ab ? "ab" : "auf"}`]);
    if (Z.suche) p.push(["suche", encodeURIComponent(Z.suche)]);
    if (Z.lage) p.push(["lage", encodeURIComponent(Z.lage)]);
    history.replaceState(null, "", "#" + p.map((teil) => teil.join("=")).join("&"));
  };
  const lesen = () => {
    const p = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    Z.ind = I.has(p.get("indikator")) ? p.get("indikator") : D.leit;
    Z.jahr = +p.get("jahr") || ind().staende.at(-1).jahr;
    Z.jahr = stand().jahr;
    steigen(Math.max(0, EBENEN.findIndex((e) => e.schluessel === p.get("ebene"))));
    Z.wahl = [...new Set((p.get("raum") ?? "").split(","))].map((r) => R.findIndex((raum) => raum.id === r)).filter((n) => n >= 0).slice(0, MEISTENS);
    Z.fest = Z.wahl.at(-1) ?? -1;
    Z.zweit = I.has(p.get("zweit")) ? p.get("zweit") : "";
    const [spalte, richtung] = (p.get("sort") ?? "").split("-");
    Z.sort = SPALTEN[spalte] ? spalte : "wert";
    Z.ab = SPALTEN[spalte] ? richtung !== "auf" : true;
    Z.suche = p.get("suche") ?? "";
    Z.lage = ["+", "0", "-", ".", "x"].includes(p.get("lage")) ? p.get("lage") : "";
  };

  const ansagen = (satz) => { id("ansage").textContent = satz; };
  const zeichnen = (laut = false) => {
    Z.jahr = stand().jahr;
    for (const teil of teile) teil();
    schreiben();
    if (laut) ansagen(`${id("titel").textContent}. ${stand().befund}`);
  };
  const zeigen = (n) => {
    if (n === Z.zeig || wartet) return;
    Z.zeig = n;
    for (const element of document.querySelectorAll(".zeig")) element.classList.remove("zeig");
    if (n >= 0) for (const element of document.querySelectorAll(`[data-n="${n}"]`)) element.classList.add("zeig");
    for (const hinweis of hinweise) hinweis();
  };
  const waehlen = (n) => {
    const platz = Z.wahl.indexOf(n);
    if (platz >= 0) {
      Z.wahl.splice(platz, 1);
      Z.fest = Z.wahl.at(-1) ?? -1;
      ansagen(`${R[n].kurz} entfernt.`);
    } else if (Z.wahl.length < MEISTENS) {
      Z.wahl.push(n);
      Z.fest = n;
      ansagen(`${R[n].kurz} gewählt, ${Z.wahl.length} von ${MEISTENS}.`);
    } else {
      id("voll").hidden = false;
      return ansagen(id("voll").textContent);
    }
    id("voll").hidden = true;
    const halt = document.activeElement, gewaehlt = halt?.dataset?.wahl, wo = halt?.closest("section, figure")?.id;
    zeichnen();
    if (gewaehlt !== undefined) (document.querySelector(`#${wo} [data-wahl="${gewaehlt}"]`) ?? id("vergleichstitel")).focus();
  };
  const wechseln = (was) => bereit([was.ind ?? Z.ind, was.zweit ?? Z.zweit], () => {
    const { ebene: ziel = Z.ebene, ...sonst } = was;
    if (ziel !== Z.ebene) steigen(ziel);
    Object.assign(Z, sonst);
    zeichnen(true);
  });

  const beginnen = () => {
    document.addEventListener("click", (e) => { const k = e.target.closest("[data-wahl]"); if (k) waehlen(+k.dataset.wahl); });
    addEventListener("hashchange", () => { lesen(); bereit([Z.ind, Z.zweit], () => zeichnen(true)); });
    lesen();
    bereit([Z.ind, Z.zweit], () => { zeichnen(); document.documentElement.dataset.atlas = "da"; });
  };
  return {
    D, R, EBENEN, I, Z, teile, hinweise, ruhig, MEISTENS, id, ebene, darueber, standDarueber, gruppe, genannt, ind, stelle, staende, stand, zelle, stadtzelle, stufe, farbe, schraffiert, bereich, rangtext, urteil, lagewort, wandlung, wandel, wandeleinheit, wandeltext, verschieden,
    vorgelesen, nummer, treffer, geordnet, zahl, mit, text, brechbar, gefaltet, zeichnen, zeigen, waehlen, wechseln, ansagen, beginnen,
  };
})();
