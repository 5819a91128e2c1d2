window.suchdaten = [
{"adresse": "index.html", "titel": "Zu diesem Bericht", "text": "Der Bericht beschreibt, wie Menschen leben1.
Mehr steht unter Arbeitslosigkeit.\nNur im Web zu lesen.\nStand der Veröffentlichung: Entwurf, nicht freigegeben."},
{"adresse": "index.html#pflicht-barrierefreiheit", "titel": "Zu diesem Bericht: Barrierefreiheit", "text": "Diese Vorführung ist keine Veröffentlichung einer öffentlichen Stelle.
Webseiten und PDF sind so gemacht, dass sie ohne Maus, mit Vorleseprogrammen, vergrößert und in eigenen Farben zu lesen sind.
Die Erklärung zur Barrierefreiheit, wo Barrieren gemeldet werden und wer über Beschwerden entscheidet, nennt, wer einen amtlichen Bericht herausgibt."},
{"adresse": "index.html#pflicht-nutzung-und-zitat", "titel": "Zu diesem Bericht: Nutzung und Zitat", "text": "Die Modelldaten sind erfunden und gemeinfrei.
Als Statistik dürfen sie nicht zitiert werden.
Unter welcher Lizenz Daten und Texte stehen und wie sie zu zitieren sind, sagt erst ein amtlicher Bericht."},
{"adresse": "index.html#pflicht-datenschutz", "titel": "Zu diesem Bericht: Datenschutz", "text": "Die Webseiten setzen keine Cookies, speichern nichts auf dem Gerät und rufen nichts von anderen Servern ab.
Was ein Server beim Abruf festhält, auf dem sie liegen, sagt seine Betreiberin.\nErfundene Menschen.↩︎"},
{"adresse": "bevoelkerung.html", "titel": "1 Bevölkerung", "text": "In Musterstadt waren 16,7 % der Menschen unter 18 Jahre alt.\nDefinition\nAnteil der unter 18-Jährigen: Anteil der unter 18-Jährigen an der Bevölkerung.\nWie sich das auf die Arbeit auswirkt, sagt [vollständiger Bericht].\nAbbildung 1.1 zeigt die Anteile1; siehe auch [vollständiger Bericht]."},
{"adresse": "bevoelkerung.html#sec-kinder", "titel": "1 Bevölkerung: 1.1 Kinder und Jugendliche", "text": "Abbildung 1.1 Anteil der unter 18-Jährigen in den 6 Sozialräumen, Dezember 2006 unter 18-Jährige in % der Bevölkerung\n1 Altstadt 12,6 ▼\n2 Hafen 19,6 ▲\n3 Bahnhofsviertel 15,6 ▼\n4 Gartenfeld 16,6 ≈\n5 Lindenhof 18,6 ▲\n6 Mühlenberg 14,6 ▼\nQuelle und Stand\nMelderegister; Stand 31.12.2006.
Zahlen in der Karte: Nummern der Sozialräume; ▲ erkennbar über, ▼ erkennbar unter, ≈ im Bereich des Stadtwerts.
Schematische Karte, keine amtlichen Grenzen.\nAbbildung 1.2 Anteil der unter 18-Jährigen: Rangfolge der Sozialräume, Dezember 2006 unter 18-Jährige in % der Bevölkerung mit 95-%-Bereich; oben die höchsten Werte\n\tSozialraum\tWert\t95-%-Bereich\tzum Stadtwert\n2 Hafen\t19,6\t18,7–20,5\t▲ über\n5 Lindenhof\t18,6\t17,8–19,5\t▲ über\n4 Gartenfeld\t16,6\t15,6–17,7\t≈ im Bereich\n3 Bahnhofsviertel\t15,6\t14,7–16,5\t▼ unter\n6 Mühlenberg\t14,6\t13,5–15,7\t▼ unter\n1 Altstadt\t12,6\t11,7–13,5\t▼ unter\nBild: Quadrat unter, gefüllter Kreis über, hohler Kreis im Bereich des Stadtwerts; Strich: 95-%-Bereich.\nQuelle und Stand\nMelderegister; Stand 31.12.2006. 95-%-Bereich nach Wilson (zufällige Schwankung); „erkennbar“ heißt: auch bei so vielen Vergleichen mehr als Zufall.\nLesebeispiel\nIn Hafen waren 20 von 100 Menschen unter 18 Jahre alt.\nAbbildung 1.3 Die Sozialräume Nummern der Sozialräume; kräftige Linien: Grenzen der Stadtbezirke\n1 Altstadt\n2 Hafen\n3 Bahnhofsviertel*\n4 Gartenfeld\n5 Lindenhof\n6 Mühlenberg*\nQuelle und Stand\n* Name aus der Gliederung erschlossen.
Schematische Karte, keine amtlichen Grenzen.\nAnmerkung zur Bevölkerung.↩︎"},
{"adresse": "sozialraumprofile.html", "titel": "Sozialraumprofile", "text": "Jedes Profil zeigt ein Gebiet auf zwei Seiten: wo es liegt und wer dort wohnt, wie seine Werte zu denen des Stadtbezirks und der Stadt stehen, wie sie sich entwickelt haben und was das Gebiet belastet und stärkt.\nStadtbezirk Nord\nHafen 02 Hafen"},
{"adresse": "profil-sb_nord.html", "titel": "Nord", "text": "In Nord waren 16,3 % unter 18 Jahre alt.
Mehr unter Arbeitslosigkeit, auch im Hafen.\nEin Satz, damit zwei Seiten daraus werden.
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
Mehr unter Arbeitslosigkeit, auch im Hafen.\nEin Satz, damit zwei Seiten daraus werden.
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
