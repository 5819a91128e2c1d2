// Die Kapitelliste steht im Dokument dort, wo man sie sieht: auf breiten Seiten vor dem Text, auf schmalen dahinter.
// So kommt auch die Tabulatortaste in dieser Reihenfolge vorbei.
(() => {
  const kapitel = document.getElementById("kapitel");
  const blatt = document.querySelector(".blatt");
  if (!kapitel || !blatt) return;
  const breit = matchMedia("(min-width: 75rem)");
  const stellen = () => (breit.matches ? blatt.before(kapitel) : blatt.after(kapitel));
  breit.addEventListener("change", stellen);
  stellen();
})();
