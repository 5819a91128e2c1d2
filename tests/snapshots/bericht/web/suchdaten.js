window.suchdaten = [
{"adresse": "index.html", "titel": "Zu diesem Bericht", "text": "Der Bericht beschreibt, wie Menschen leben1.
Mehr steht unter Arbeitslosigkeit.
Nur im Web zu lesen.
Stand der Veröffentlichung: Entwurf, nicht freigegeben.
Erfundene Menschen.↩︎"},
{"adresse": "bevoelkerung.html", "titel": "1 Bevölkerung", "text": "In Musterstadt waren 16,7 % der Menschen unter 18 Jahre alt.
Definition Anteil der unter 18-Jährigen: Anteil der unter 18-Jährigen an der Bevölkerung.
Wie sich das auf die Arbeit auswirkt, sagt Kapitel 2.
Abbildung 1.1 zeigt die Anteile1; siehe auch Tabelle 2.1."},
{"adresse": "bevoelkerung.html#sec-kinder", "titel": "1 Bevölkerung: 1.1 Kinder und Jugendliche", "text": "Abbildung 1.1 Anteil der unter 18-Jährigen in den 6 Sozialräumen, Dezember 2006 unter 18-Jährige in % der Bevölkerung 1 Altstadt 12,6 ▼ 2 Hafen 19,6 ▲ 3 Bahnhofsviertel 15,6 ▼ 4 Gartenfeld 16,6 ≈ 5 Lindenhof 18,6 ▲ 6 Mühlenberg 14,6 ▼ Quelle und Stand Melderegister; Stand 31.12.2006.
Zahlen in der Karte: Nummern der Sozialräume; ▲ erkennbar über, ▼ erkennbar unter, ≈ im Bereich des Stadtwerts.
Schematische Karte, keine amtlichen Grenzen.
Abbildung 1.2 Anteil der unter 18-Jährigen: Rangfolge der Sozialräume, Dezember 2006 unter 18-Jährige in % der Bevölkerung mit 95-%-Bereich; oben die höchsten Werte Sozialraum Wert 95-%-Bereich zum Stadtwert 2 Hafen 19,6 18,7–20,5 ▲ über 5 Lindenhof 18,6 17,8–19,5 ▲ über 4 Gartenfeld 16,6 15,6–17,7 ≈ im Bereich 3 Bahnhofsviertel 15,6 14,7–16,5 ▼ unter 6 Mühlenberg 14,6 13,5–15,7 ▼ unter 1 Altstadt 12,6 11,7–13,5 ▼ unter Bild: Quadrat unter, gefüllter Kreis über, hohler Kreis im Bereich des Stadtwerts; Strich: 95-%-Bereich.
Quelle und Stand Melderegister; Stand 31.12.2006. 95-%-Bereich nach Wilson (zufällige Schwankung); „erkennbar“ heißt: auch bei so vielen Vergleichen mehr als Zufall.
Lesebeispiel In Hafen waren 20 von 100 Menschen unter 18 Jahre alt.
Abbildung 1.3 Die Sozialräume Nummern der Sozialräume; kräftige Linien: Grenzen der Stadtbezirke 1 Altstadt 2 Hafen 3 Bahnhofsviertel* 4 Gartenfeld 5 Lindenhof 6 Mühlenberg* Quelle und Stand * Name aus der Gliederung erschlossen.
Schematische Karte, keine amtlichen Grenzen.
Anmerkung zur Bevölkerung.↩︎"},
{"adresse": "arbeitslosigkeit.html", "titel": "2 Arbeitslosigkeit", "text": "Was Zahlen sagen1.
Arbeitslosenquote, September 2006 12,1 % ≈ nicht erkennbar verändert gegenüber September 2005 Arbeitslose, September 2006 3.025 ≈ nicht erkennbar verändert gegenüber September 2005 Einkommen je steuerpflichtige Person, 2005 100 ≈ nicht erkennbar verändert gegenüber 2004 Seit September 2005 ist die Quote gleich geblieben.
In keinem Stadtbezirk hat sie sich erkennbar verändert.
Werte vor 2005 und ab 2005 dürfen nicht verglichen werden: Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Abbildung 2.1 Arbeitslosenquote in den Stadtbezirken 2004 bis 2006 Arbeitslose in % der 15- bis unter 65-Jährigen; kräftig: Stadtbezirk, dünn: Musterstadt Quelle und Stand Arbeitsagentur, Melderegister; Stand jeweils September.
Bruch 2005: Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Über den Bruch hinweg nicht vergleichbar.
Abbildung 2.2 Arbeitslosenquote der Stadt in % Quelle und Stand Arbeitsagentur, Melderegister; Stand jeweils September.
Bruch 2005: Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Über den Bruch hinweg nicht vergleichbar."},
{"adresse": "arbeitslosigkeit.html#sec-alo-bezirke", "titel": "2 Arbeitslosigkeit: 2.1 Nach Stadtbezirken", "text": "Tabelle 2.1 Arbeitslose nach Stadtbezirken in % Stadtbezirk Arbeitslose Arbeitslosenquote unter 25 -Jährige Erziehungshilfen Nord 2.070 15,9 3,8 42,7 Süd 943 7,9 / .
Musterstadt 3.025 12,1 2,7 28,5 Quelle und Stand Arbeitsagentur, Melderegister, Jugendamt; Stand September 2006 (Bezug 31.12.2006); Anteil der unter 25-Jährigen an den Arbeitslosen: September 2006; Hilfen zur Erziehung: 2006 (Bezug 31.12.2005). „.“ geheim gehalten. „/“ nicht verlässlich.
Tabelle 2.2 Arbeitslose, September 2006 Musterstadt; Personen, Anteile an allen in % Gruppe September 2006 Anteil in % September 2005 Veränderung in % Insgesamt 3.025 100 3.016 0,3 unter 25 Jahre 83 2,7 107 −22,4 Quelle und Stand Arbeitsagentur, Melderegister; Stand September 2006 (Arbeitslose), 31.12.2006 (15- bis unter 65-Jährige).
Was noch zu sagen ist Ein erster Absatz.
Ein zweiter über Musterstadt.
Abbildung 2.3 Eine eigene Abbildung in % Quelle und Stand Eigene Auszählung.
Anmerkung zur Arbeitslosigkeit.↩︎"},
{"adresse": "tabellen.html", "titel": "A Tabellen", "text": ""},
{"adresse": "tabellen.html#sec-tabellen-bevoelkerung", "titel": "A Tabellen: A.1 Bevölkerung", "text": "Tabelle A.1 Bevölkerung: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum unter 18 -Jährige 95-%-Bereich Geburtenrate 95-%-Bereich Musterstadt 16,7 16,3–17,1 8,5 7,6–9,6 Nord 16,3 15,8–16,9 8,4 7,2–9,8 1 Altstadt 12,6 11,7–13,5 7,3 5,2–10,0 2 Hafen 19,6 18,7–20,5 9,3 7,3–11,8 3 Bahnhofsviertel* 15,6 14,7–16,5 8,3 6,2–10,9 Süd 17,1 16,5–17,7 8,7 7,3–10,2 4 Gartenfeld 16,6 15,6–17,7 8,6 6,2–11,6 5 Lindenhof 18,6 17,8–19,5 9,1 7,1–11,4 6 Mühlenberg* 14,6 13,5–15,7 8,0 5,5–11,3 Quelle und Stand Melderegister; Stand 31.12.2006; Geburtenrate: 2006. * Name aus der Gliederung erschlossen."},
{"adresse": "tabellen.html#sec-blaetter-bevoelkerung", "titel": "A Tabellen: A.2 Bevölkerung", "text": ""},
{"adresse": "tabellen.html#anteil-der-unter-18-jährigen", "titel": "A Tabellen: A.2.1 Anteil der unter 18-Jährigen", "text": "Definition Anteil der unter 18-Jährigen an der Bevölkerung. (Ergänzung dieses Berichts) Berechnung unter 18-Jährige / Bevölkerung insgesamt × 100 Stand 31.12.2006; jüngster Dezember bis zum Berichtsjahr Richtung Der Wert wird nicht gewertet.
Musterstadt 16,7 % Sozialräume von 12,6 % (Altstadt) bis 19,6 % (Hafen) Datenquelle Melderegister"},
{"adresse": "tabellen.html#geburtenrate", "titel": "A Tabellen: A.2.2 Geburtenrate", "text": "Definition Lebendgeborene je 1.000 der Bevölkerung. (Ergänzung dieses Berichts) Berechnung Lebendgeborene / Bevölkerung insgesamt × 1.000 Stand 2006; jüngstes Jahr bis zum Berichtsjahr Richtung Der Wert wird nicht gewertet.
Musterstadt 8,5 je 1.000 Sozialräume von 7,3 je 1.000 (Altstadt) bis 9,3 je 1.000 (Hafen) Datenquelle Melderegister"},
{"adresse": "tabellen.html#sec-tabellen-arbeitslosigkeit", "titel": "A Tabellen: A.3 Arbeitslosigkeit", "text": "Tabelle A.2 Arbeitslosigkeit: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum Arbeitslosenquote 95-%-Bereich unter 25 -Jährige 95-%-Bereich Musterstadt 12,1 11,7–12,6 2,7 2,2–3,4 Nord 15,9 15,3–16,5 3,8 3,1–4,7 1 Altstadt 11,5 10,5–12,6 3,1 1,8–5,2 2 Hafen 19,0 17,9–20,1 4,6 3,4–6,1 3 Bahnhofsviertel* 16,0 14,9–17,1 3,2 2,1–4,8 Süd 7,9 7,5–8,4 / 4 Gartenfeld 7,8 6,9–8,7 . 5 Lindenhof 9,2 8,5–10,0 . 6 Mühlenberg* 5,5 4,7–6,4 – 0,0–2,4 Quelle und Stand Arbeitsagentur, Melderegister; Stand September 2006, Bezugsbevölkerung 31.12.2006. „.“ geheim gehalten. * Name aus der Gliederung erschlossen. „/“ nicht verlässlich."},
{"adresse": "tabellen.html#sec-blaetter-arbeitslosigkeit", "titel": "A Tabellen: A.4 Arbeitslosigkeit", "text": ""},
{"adresse": "tabellen.html#arbeitslosenquote", "titel": "A Tabellen: A.4.1 Arbeitslosenquote", "text": "Definition Arbeitslose im September an den 15- bis unter 65-Jährigen am Jahresende. (Ergänzung dieses Berichts) Berechnung Arbeitslose / 15- bis unter 65-Jährige × 100 Stand September 2006 (Arbeitslose), 31.12.2006 (15- bis unter 65-Jährige); jüngster September bis zum Berichtsjahr Richtung Ein hoher Wert bedeutet eine Belastung.
Musterstadt 12,1 % Sozialräume von 5,5 % (Mühlenberg) bis 19,0 % (Hafen) Bruch 01.01.2005: Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Datenquelle Arbeitsagentur und Melderegister"},
{"adresse": "tabellen.html#anteil-der-unter-25-jährigen-an-den-arbeitslosen", "titel": "A Tabellen: A.4.2 Anteil der unter 25-Jährigen an den Arbeitslosen", "text": "Definition Anteil der unter 25-Jährigen an den Arbeitslosen im September. (Ergänzung dieses Berichts) Berechnung Arbeitslose unter 25 Jahren / Arbeitslose × 100 Stand September 2006; jüngster September bis zum Berichtsjahr Richtung Ein hoher Wert bedeutet eine Belastung.
Musterstadt 2,7 % Sozialräume von 0,0 % (Mühlenberg) bis 4,6 % (Hafen); 2 Werte geheim gehalten Bruch 01.01.2005: Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Datenquelle Arbeitsagentur"},
{"adresse": "tabellen.html#sec-tabellen-beschaeftigung", "titel": "A Tabellen: A.5 Beschäftigung", "text": "Tabelle A.3 Beschäftigung: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum Beschäftigtenveränderung 95-%-Bereich Musterstadt 0,9 −1,4 bis 3,4 Nord 0,0 −3,4 bis 3,5 1 Altstadt 1,0 −5,1 bis 7,5 2 Hafen −0,8 −6,3 bis 5,0 3 Bahnhofsviertel* −0,1 −5,9 bis 6,0 Süd 1,9 −1,5 bis 5,3 4 Gartenfeld 1,9 −4,2 bis 8,4 5 Lindenhof 1,5 −3,3 bis 6,6 6 Mühlenberg* 2,4 −4,2 bis 9,6 Quelle und Stand Arbeitsagentur; Stand 30.06.2006. * Name aus der Gliederung erschlossen."},
{"adresse": "tabellen.html#sec-blaetter-beschaeftigung", "titel": "A Tabellen: A.6 Beschäftigung", "text": ""},
{"adresse": "tabellen.html#veränderung-der-beschäftigten", "titel": "A Tabellen: A.6.1 Veränderung der Beschäftigten", "text": "Definition Veränderung der Zahl der Beschäftigten gegenüber 2004. (Ergänzung dieses Berichts) Berechnung (sozialversicherungspflichtig Beschäftigte am Wohnort / sozialversicherungspflichtig Beschäftigte am Wohnort 2004 − 1) × 100 Stand 30.06.2006; jüngster Juni bis zum Berichtsjahr Richtung Ein hoher Wert bedeutet eine Chance.
Musterstadt 0,9 % Sozialräume von −0,8 % (Hafen) bis 2,4 % (Mühlenberg) Datenquelle Arbeitsagentur"},
{"adresse": "tabellen.html#sec-tabellen-erziehungshilfe", "titel": "A Tabellen: A.7 Erziehungshilfe", "text": "Tabelle A.4 Erziehungshilfe: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum Erziehungshilfen 95-%-Bereich Musterstadt 28,5 24,4–33,1 Nord 42,7 35,8–50,7 1 Altstadt 33,0 20,7–49,9 2 Hafen 48,3 37,7–61,1 3 Bahnhofsviertel* 41,1 29,3–55,9 Süd . 4 Gartenfeld 13,4 6,7–23,9 5 Lindenhof 16,4 10,6–24,2 6 Mühlenberg* .
Quelle und Stand Jugendamt, Melderegister; Stand 2006 (Hilfen zur Erziehung), 31.12.2005 (unter 18-Jährige). „.“ geheim gehalten. * Name aus der Gliederung erschlossen."},
{"adresse": "tabellen.html#sec-blaetter-erziehungshilfe", "titel": "A Tabellen: A.8 Erziehungshilfe", "text": ""},
{"adresse": "tabellen.html#hilfen-zur-erziehung", "titel": "A Tabellen: A.8.1 Hilfen zur Erziehung", "text": "Definition Hilfen zur Erziehung je 1.000 unter 18-Jährige am Ende des Vorjahres. (Ergänzung dieses Berichts) Berechnung Hilfen zur Erziehung / unter 18-Jährige × 1.000 Stand 2006 (Hilfen zur Erziehung), 31.12.2005 (unter 18-Jährige); jüngstes Jahr bis zum Berichtsjahr Richtung Ein hoher Wert bedeutet eine Belastung.
Musterstadt 28,5 je 1.000 Sozialräume von 13,4 je 1.000 (Gartenfeld) bis 48,3 je 1.000 (Hafen); 1 Wert geheim gehalten Datenquelle Jugendamt und Melderegister"},
{"adresse": "tabellen.html#sec-tabellen-einkommen", "titel": "A Tabellen: A.9 Einkommen", "text": "Tabelle A.5 Einkommen: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum Einkommensindex Musterstadt 100 Nord 83 1 Altstadt 103 2 Hafen 69 3 Bahnhofsviertel* 83 Süd 119 4 Gartenfeld 120 5 Lindenhof 113 6 Mühlenberg* 130 Quelle und Stand Finanzverwaltung; Stand 2005. * Name aus der Gliederung erschlossen."},
{"adresse": "tabellen.html#sec-blaetter-einkommen", "titel": "A Tabellen: A.10 Einkommen", "text": ""},
{"adresse": "tabellen.html#einkommen-je-steuerpflichtige-person", "titel": "A Tabellen: A.10.1 Einkommen je steuerpflichtige Person", "text": "Definition Einkünfte je steuerpflichtige Person, Stadt gleich 100. (Ergänzung dieses Berichts) Berechnung Gesamtbetrag der Einkünfte / Steuerpflichtige × 100; Wert der Stadt = 100 Stand 2005; jüngstes Jahr bis ein Jahr vor dem Berichtsjahr Richtung Ein hoher Wert bedeutet eine Chance.
Musterstadt 100 Sozialräume von 69 (Hafen) bis 130 (Mühlenberg) Datenquelle Finanzverwaltung"},
{"adresse": "tabellen.html#sec-tabellen-wohnen", "titel": "A Tabellen: A.11 Wohnen", "text": "Tabelle A.6 Wohnen: Indikatoren für Stadtbezirke und Sozialräume Berichtsjahr 2006; Stände in der Quellenzeile Stadtbezirk, Sozialraum Wohnflächeje Kopf Musterstadt 40,4 Nord 37,6 1 Altstadt 40,8 2 Hafen 35,3 3 Bahnhofsviertel* 37,5 Süd 43,4 4 Gartenfeld 43,6 5 Lindenhof 42,5 6 Mühlenberg* 45,2 Quelle und Stand Gebäudedatei, Melderegister; Stand 31.12.2006. * Name aus der Gliederung erschlossen."},
{"adresse": "tabellen.html#sec-blaetter-wohnen", "titel": "A Tabellen: A.12 Wohnen", "text": ""},
{"adresse": "tabellen.html#wohnfläche-je-einwohnerin-und-einwohner", "titel": "A Tabellen: A.12.1 Wohnfläche je Einwohnerin und Einwohner", "text": "Definition Wohnfläche in m² je Einwohnerin und Einwohner. (Ergänzung dieses Berichts) Berechnung Wohnfläche / Bevölkerung insgesamt Stand 31.12.2006; jüngster Dezember bis zum Berichtsjahr Richtung Ein hoher Wert bedeutet eine Chance.
Musterstadt 40,4 m² Sozialräume von 35,3 m² (Hafen) bis 45,2 m² (Mühlenberg) Datenquelle Gebäudedatei und Melderegister Tabelle A.7 Merkmale und ihr Datenstand bis zum Berichtsjahr 2006 Datenquelle, Merkmal Einheit neuester Stand Stichtage Melderegister Bevölkerung insgesamt Personen 31.12.2006 3 unter 18-Jährige Personen 31.12.2006 3 15- bis unter 65-Jährige Personen 31.12.2006 3 Lebendgeborene Personen 2006 3 Arbeitsagentur Arbeitslose Personen September 2006 3 Arbeitslose unter 25 Jahren Personen September 2006 3 sozialversicherungspflichtig Beschäftigte am Wohnort Personen 30.06.2006 3 Jugendamt Hilfen zur Erziehung Fälle 2006 3 Finanzverwaltung Gesamtbetrag der Einkünfte Tsd.
Euro 2006 3 Steuerpflichtige Personen 2006 3 Gebäudedatei Wohnfläche m² 31.12.2006 3 Quelle und Stand Eigene Auszählung.
Tabelle A.8 Brüche in den Zeitreihen Über einen Bruch hinweg werden keine Werte verglichen ab Merkmale Grund 01.01.2005 Arbeitslose; Arbeitslose unter 25 Jahren Mit dem SGB II gilt ab Januar 2005 eine andere Zählung der Arbeitslosen.
Quelle und Stand Eigene Festlegung nach den Quellen der Merkmale."},
{"adresse": "glossar.html", "titel": "B Glossar", "text": "Arbeitslosenquote Arbeitslose in Prozent der 15- bis unter 65-Jährigen1.
So ist sie in diesem Bericht bestimmt.↩︎"}
];
