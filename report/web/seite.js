// Was mehrere Skripte brauchen: Wörter gefaltet (klein, ohne Punkte, ß als ss, ae als a), eine Datei laden, einen Satz kopieren,
// ein Feld einer CSV-Datei, in dem kein Programm eine Formel findet, Texte aus einer Wörterliste.
window.Seite = {
  // Ein Text nennt die Stellen seiner Wörter (sozialbericht/web/entry/wordlist.py); zwischen zwei Wörtern steht ein Leerzeichen
  entpackt: (woerter) => {
    const liste = [" ", "\n", "\t", "\u00a0", "–", ...woerter.split(" ")], AB = [0, 54, 84, 89], VOR = [0, 54, 2784, 44189];
    const nummer = (text, k) => { const c = text.charCodeAt(k); return c - 35 - (c > 92); };
    return (text) => {
      let aus = "", nachWort = false;
      for (let k = 0; k < text.length;) {
        const kopf = nummer(text, k++), mehr = kopf < 54 ? 0 : kopf < 84 ? 1 : kopf < 89 ? 2 : 3;
        let stelle = kopf - AB[mehr];
        for (let m = 0; m < mehr; m++) stelle = stelle * 91 + nummer(text, k++);
        stelle += VOR[mehr];
        aus += nachWort && stelle > 4 ? " " + liste[stelle] : liste[stelle];
        nachWort = stelle > 4;
      }
      return aus;
    };
  },
  gefaltet: (t) => t.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/([aou])e/g, "$1"),
  laden: (stueck, name) => {
    const verweis = document.createElement("a");
    verweis.href = URL.createObjectURL(stueck);
    verweis.download = name;
    verweis.click();
    setTimeout(() => URL.revokeObjectURL(verweis.href), 1000);
  },
  kopieren: async (satz) => {
    try { await navigator.clipboard.writeText(satz); } catch {
      const kasten = document.body.appendChild(document.createElement("textarea"));
      kasten.value = satz;
      kasten.className = "kopie";
      kasten.select();
      document.execCommand("copy"); // ohne https, auch von der Platte
      kasten.remove();
    }
  },
  csvFeld: (t) => {
    const w = /^[=+@\t]|^-(?![\d,]+$)/.test(t) ? `'${t}` : String(t ?? "");
    return /[";\n]/.test(w) ? `"${w.replaceAll('"', '""')}"` : w;
  },
};

// Die Kapitelliste steht im Dokument dort, wo man sie sieht: auf breiten Seiten vor dem Text, auf schmalen dahinter.
// So kommt auch die Tabulatortaste in dieser Reihenfolge vorbei.
(() => {
  const kapitel = document.getElementById("kapitel");
  const blatt = document.querySelector(".blatt");
  if (!kapitel || !blatt || document.body.classList.contains("weit")) return; // dort steht sie immer dahinter
  const breit = matchMedia("(min-width: 75rem)");
  const stellen = () => (breit.matches ? blatt.before(kapitel) : blatt.after(kapitel));
  breit.addEventListener("change", stellen);
  stellen();
})();
