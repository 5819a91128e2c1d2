window.suchdaten = [
{"adresse": "index.html", "titel": "Zu diesem Bericht", "text": "Der Bericht beschreibt, wie Menschen leben1.
Mehr steht unter Arbeitslosigkeit.
Nur im Web zu lesen.
Stand der Veröffentlichung: Entwurf, nicht freigegeben.
Erfundene Menschen.↩︎"},
{"adresse": "bevoelkerung.html", "titel": "1 Bevölkerung", "text": "In Musterstadt waren 16,7 % der Menschen unter 18 Jahre alt.
Definition Anteil der unter 18-Jährigen: Anteil der unter 18-Jährigen an der Bevölkerung.
Wie sich das auf die Arbeit auswirkt, sagt [vollständiger Bericht].
Abbildung 1.1 zeigt die Anteile1; siehe auch [vollständiger Bericht]."},
{"adresse": "bevoelkerung.html#sec-kinder", "titel": "1 Bevölkerung: 1.1 Kinder und Jugendliche", "text": "Abbildung 1.1 Anteil der unter 18-Jährigen in den 6 Sozialräumen, Dezember 2006 unter 18-Jährige in % der Bevölkerung 1 Altstadt 12,6 ▼ 2 Hafen 19,6 ▲ 3 Bahnhofsviertel 15,6 ▼ 4 Gartenfeld 16,6 ≈ 5 Lindenhof 18,6 ▲ 6 Mühlenberg 14,6 ▼ Quelle und Stand Melderegister; Stand 31.12.2006.
Zahlen in der Karte: Nummern der Sozialräume; ▲ erkennbar über, ▼ erkennbar unter, ≈ im Bereich des Stadtwerts.
Schematische Karte, keine amtlichen Grenzen.
Abbildung 1.2 Anteil der unter 18-Jährigen: Rangfolge der Sozialräume, Dezember 2006 unter 18-Jährige in % der Bevölkerung mit 95-%-Bereich; oben die höchsten Werte Sozialraum Wert 95-%-Bereich zum Stadtwert 2 Hafen 19,6 18,7–20,5 ▲ über 5 Lindenhof 18,6 17,8–19,5 ▲ über 4 Gartenfeld 16,6 15,6–17,7 ≈ im Bereich 3 Bahnhofsviertel 15,6 14,7–16,5 ▼ unter 6 Mühlenberg 14,6 13,5–15,7 ▼ unter 1 Altstadt 12,6 11,7–13,5 ▼ unter Bild: Quadrat unter, gefüllter Kreis über, hohler Kreis im Bereich des Stadtwerts; Strich: 95-%-Bereich.
Quelle und Stand Melderegister; Stand 31.12.2006. 95-%-Bereich nach Wilson (zufällige Schwankung); „erkennbar“ heißt: auch bei so vielen Vergleichen mehr als Zufall.
Lesebeispiel In Hafen waren 20 von 100 Menschen unter 18 Jahre alt.
Abbildung 1.3 Die Sozialräume Nummern der Sozialräume; kräftige Linien: Grenzen der Stadtbezirke 1 Altstadt 2 Hafen 3 Bahnhofsviertel* 4 Gartenfeld 5 Lindenhof 6 Mühlenberg* Quelle und Stand * Name aus der Gliederung erschlossen.
Schematische Karte, keine amtlichen Grenzen.
Anmerkung zur Bevölkerung.↩︎"},
{"adresse": "sozialraumprofile.html", "titel": "Sozialraumprofile", "text": "Jedes Profil zeigt ein Gebiet auf zwei Seiten: wo es liegt und wer dort wohnt, wie seine Werte zu denen des Stadtbezirks und der Stadt stehen, wie sie sich entwickelt haben und was das Gebiet belastet und stärkt.
Stadtbezirk Nord Hafen 02 Hafen"},
{"adresse": "profil-sb_nord.html", "titel": "Nord", "text": "In Nord waren 16,3 % unter 18 Jahre alt.
Mehr unter Arbeitslosigkeit, auch im Hafen.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden."},
{"adresse": "profil-sr_hafen.html", "titel": "Hafen", "text": "In Hafen waren 19,6 % unter 18 Jahre alt.
Mehr unter Arbeitslosigkeit, auch im Hafen.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden.
Ein Satz, damit zwei Seiten daraus werden."}
];
