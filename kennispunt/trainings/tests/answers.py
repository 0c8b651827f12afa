"""Answers to an offered place, as people in the Netherlands write them. All invented.

Anna Bakker answers "Wil je de plek? Beantwoord deze mail met JA. Toch niet? Antwoord met NEE."
"""

YES = [
    "JA", "ja", "Ja.", "Ja!", "JA!!!", "jaaaa", "Ja graag", "Ja, graag!", "ja graag.", "Graag!", "Heel graag", "Ja, heel graag!",
    "Ja hoor", "Jazeker", "Ja, zeker", "Zeker!", "Zeker weten!", "Ja natuurlijk", "Natuurlijk!", "Prima", "Prima, ik kom.", "Akkoord", "Is goed.",
    "Ja, ik kom.", "Ja, ik kom graag.", "Ik kom graag", "Ik kom!", "Ik kom graag naar de training.", "Ja ik ben erbij", "Ik ben erbij!", "Ik ben er graag bij.",
    "Ja, ik ben van de partij", "Ja, ik neem de plek.", "Ik neem de plek graag", "Ja, ik neem hem graag!", "Die plek neem ik graag.", "Graag neem ik deze plek aan.",
    "Ja, ik wil de plek graag hebben", "Ik wil de plek heel graag", "Ja ik wil graag komen", "Ik wil graag meedoen.", "Ja, ik doe graag mee.", "Ik doe mee!",
    "Ik maak graag gebruik van de plek.", "Daar maak ik graag gebruik van", "Schrijf me maar in!", "Jullie kunnen op mij rekenen.", "Reken op mij!", "Doe mij die plek maar",
    "Hierbij bevestig ik mijn deelname.", "Bevestigd.", "Ik accepteer de plek", "Ja, dank je wel!", "JA bedankt", "Ja, dank je voor het bericht.", "Ja graag, bedankt voor de uitnodiging!",
    "Ja, leuk!", "Ja! Wat leuk, dank jullie wel.", "Ja graag. Tot dan!", "Ja, tot donderdag!", "Ja, ik heb er zin in!", "Ja graag, ik kijk ernaar uit.", "Fijn, ik kom!", "Top, ik ben erbij",
    "Ok, ik kom", "Oké, ja graag!", "Wat fijn! Ja, ik kom heel graag.", "Goed nieuws! Ik neem hem graag.", "Mooi, dan kom ik graag.", "Super! Ik kom.",
    "Ja 👍", "JA 🎉🎉", "ja graag :)", "Ja! 😀", "*JA*", "\"JA\"", "'Ja'", "JA,", "Antwoord: JA", "Mijn antwoord is ja.",
    "Joa, graag!", "Jao heur".replace("heur", "hoor"), "Jo, graach!", "Ja tige graach", "Jawel", "Yes!", "Jep, ik kom",
    "Hoi, ja graag!", "Hoi Tess, ja, ik kom graag!", "Hallo ja graag", "Beste mensen, ja graag.", "Dag allemaal, ik kom graag.",
    "Goedenavond,\n\nJa, ik kom graag.", "Geachte heer/mevrouw,\n\nJa, ik neem de plek graag aan.", "Beste Kennispunt,\n\nGraag maak ik gebruik van de plek.", "Goedemorgen!\n\nJa graag.",
    "Hoi,\n\nJa!", "Moi,\n\nJa, ik kom", "Hee Tess!\n\nJa leuk!", "L.S.,\n\nJa.", "Beste Tess,\n\nWat fijn dat er nog plek is. Ik kom graag!", "Beste,\n\nJa, dat is prima.",
    "Ja graag\n\nAnna", "Ja graag\nAnna Bakker", "Ja graag, Anna", "JA\n\nA. Bakker", "Ja\n\nGroet Anna", "Ja graag!\n\nGroetjes,\nAnna", "Ja.\n\nMet vriendelijke groet,\n\nAnna Bakker",
    "Ja.\n\nMvg,\nAnna", "Ja\n\nVr.gr.\nAnna", "Ja\n\nGr. Anna", "Ja\n\nHartelijke groeten van Anna", "Ja graag\n\nGroeten uit Assen,\nAnna", "Ja\n\nGroetjes, en fijne avond!\nAnna", "Ja! Fijn weekend!",
    "Ja graag\n\nFijne avond nog,\nAnna", "Ja, graag.\n\nLiefs, Anna", "Ja\n\nHoogachtend,\n\nA. Bakker", "Ja\n\nBedankt en groet,\nAnna", "Ja\n\nDank en groet\n\nAnna",
    "Ja.\n\nMet vriendelijke groet,\n\nAnna Bakker\nsecretaris Dorpsbelang Lindewaard\n06 00 00 00 00\nanna@example.org",
    "Ja graag\n\n-- \nAnna Bakker\nFractievoorzitter Leefbaar Lindewaard\nwww.leefbaarlindewaard.example",
    "Ja\n\nVerstuurd vanaf mijn iPhone", "Ja graag\n\nVerzonden vanaf mijn Galaxy", "Ja\n\nVerstuurd vanaf Outlook voor Android", "Ja, ik kom.\n\nVirusvrij.www.avast.com",
    "Ja\n\nMet vriendelijke groet,\nAnna\n\nDit bericht is uitsluitend bestemd voor de geadresseerde. Bent u dat niet, verwijder het dan.",
    # Plain enough, and for us hard:
    "Ja, die lust ik wel", "Nou en of!", "Ja, zet mij er maar bij", "Ja we komen", "Ja, fijn dat ik nog mee kan", "Yes please", "Ja, dat komt goed uit",
]  # fmt: skip

NO = [
    "NEE", "nee", "Nee.", "Neen", "NEE!", "Nee, bedankt", "Nee dank je", "Nee, dank je wel.", "Nee helaas", "Helaas niet", "Helaas, nee", "Nee hoor", "Nee, toch niet", "Toch niet.", "Liever niet",
    "Dit keer niet", "Deze keer niet, bedankt.", "Nee, deze keer helaas niet.", "Ik hoef de plek niet meer", "Ik hoef niet meer, dank je", "Nee, ik hoef hem niet", "Ik zie ervan af.", "Ik zie af van de plek",
    "Nee, ik sla deze keer over", "Ik sla een keer over", "Geef de plek maar door", "Nee, geef hem maar aan een ander.", "De plek mag naar de volgende.", "Nee, geef mijn plek maar aan de volgende", "Geen interesse meer",
    "Nee, sorry", "Sorry, nee", "Nee, jammer!", "Nee 😢", "nee 👎", "Nee, misschien een volgende keer.", "Nee, volgende keer graag!",
    "Hoi, nee bedankt", "Hoi Tess, nee, dit keer niet.", "Beste Tess,\n\nNee, dank je wel.\n\nGroet, Anna", "Goedemiddag,\n\nHelaas niet.\n\nMet vriendelijke groet,\nAnna Bakker", "Nee\n\nVerstuurd vanaf mijn iPad",
    "Nee.\n\nGroetjes Anna", "Dag,\n\nIk zie ervan af.\n\nMvg Anna", "Neeh", "Nae", "Nee, ik laat hem aan mij voorbijgaan",
    "Doe maar niet", "Nee joh, te druk",
]  # fmt: skip

CANNOT = [
    "Ik kan niet", "ik kan niet.", "Ik kan helaas niet", "Ik kan helaas niet komen.", "Ik kan toch niet", "Helaas kan ik niet", "Helaas kan ik dan niet komen.", "Ik kan die avond niet", "Sorry, ik kan niet",
    "Nee, ik kan niet.", "Nee helaas, ik kan dan niet", "Nee ik kan niet komen", "Ik kom niet", "Ik kom toch niet", "Ik ben verhinderd.", "Ik ben helaas verhinderd", "Verhinderd!", "Ik kan er helaas niet bij zijn.",
    "Ik ben er niet bij", "Ik moet me helaas afmelden", "Ik moet helaas afzeggen", "Ik meld me af", "Hierbij meld ik me af.", "Afmelden", "Afmelding", "Ik zeg af", "Het lukt me niet", "Het lukt helaas niet om te komen.", "Lukt niet",
    "Ik red het niet", "Ik doe niet mee", "Ik kan niet, ik ben ziek.", "Ik moet me afmelden wegens ziekte", "Ik kan helaas niet komen door omstandigheden.", "Ik kan niet 😢", "Ik kan niet, jammer!", "Wat jammer, ik kan niet.",
    "Hoi, ik kan niet.", "Beste Tess,\n\nHelaas kan ik niet komen.\n\nGroet,\nAnna", "Goedenavond,\n\nIk kan helaas niet.\n\nMet vriendelijke groet,\n\nAnna Bakker\nvoorzitter", "Hoi Tess, ik moet helaas afzeggen. Sorry! Groetjes, Anna",
    "Ik kan niet\n\nVerstuurd vanaf mijn iPhone", "IK KAN NIET", "ik kan nie", "Ik kan er niet zijn", "Bedankt, maar ik kan niet.", "Dank voor het bericht. Helaas kan ik niet.", "Wat leuk, maar ik kan niet.",
    "Ben die dag op vakantie, dus nee",
]  # fmt: skip

PERSON = [
    "", "?", "Misschien", "Ik weet het nog niet", "Ja of nee", "JA\nof nee, toch niet", "Ja, of toch nee", "Nee, of toch ja", "Ja. Nee.", "Ja\nNee", "Ja maar ik kan niet", "Ja, helaas kan ik niet", "Nee, ik kom graag", "Nee graag",
    "Nee, ik kom wel!", "Nee hoor, geen probleem, ik kom", "Ja, ik meld me af", "Ik kan niet\nMijn collega komt in mijn plaats.", "Ja\nMijn collega komt in mijn plaats.", "Ja, maar dan voor Bram", "Ja\nBram Jansen", "Ja\n\nGroet,\nBram Jansen",
    "Ja graag. Bram kan helaas niet.", "Ik kan niet, maar Bram kan wel", "Kan Bram in mijn plaats?", "Kan ik een collega sturen?", "Ja, maar ik kom later. Mag dat?", "Ja graag, mits het online kan", "Ja, als ik later mag komen", "Ja, tenzij het sneeuwt",
    "Ja, met twee personen", "Ja, wij komen met drie", "Ja, 2 plekken graag", "Ja?", "Nee?", "Ja graag? Wanneer is het?", "JA! Ik kan niet wachten", "Ik kan niet wachten!", "Ik kan niet eerder dan acht uur", "Ik kan niet op woensdag",
    "Ik kan toch niet komen op woensdag", "Ik kan wel", "Ik kan niet anders dan ja zeggen", "Ik zeg geen nee", "Ik zeg niet nee", "Ik kan niet afmelden", "Ik kan me niet afmelden", "Niet afmelden!", "Ik wil me niet afmelden", "Ik ben niet verhinderd",
    "Niet verhinderd", "Ik kom niet te laat", "Ik kom niet alleen", "Ik kom pas om negen uur", "Ik kom graag een andere keer", "Graag een andere keer", "Graag niet", "Ja niet", "Zeker niet verhinderd", "Geen probleem", "Bedankt", "Dank je wel!", "Oké", "👍", "🤔",
    "Ja 🤔", "Ja 👎", "Ja 😢", "Helaas ja", "Helaas", "Ik ben ziek", "Ja, ik ben ziek", "Ja, jammer", "Nee, tot dan!", "Nee, ik heb er zin in", "Tot dan!", "Ja graag, en kan de factuur naar de partij?", "Ja. Ik heb een lift nodig.", "Ja graag, ik eet vegetarisch",
    "Ja\n\nMag mijn hond mee?", "Ja\n\nPS: is er koffie", "Ja\n\nGroet,\nAnna\n\nof nee, toch niet", "Ja\n\nGroet,\nAnna\nik kan niet", "Ja graag\n\nGroet, Anna\n\nPS ik kan alleen de eerste avond", "Ja\n\n-- \nof toch maar niet", "Nee\n\nGroet,\nAnna\nof ja, doe maar",
    "Ja\n\nVerstuurd vanaf mijn iPhone\n\nWacht, ik kan niet", "Ja\n\nAnna\n\nKan ik ook met de trein", "Ik heb al een plek", "Wie is dit", "Stop met mailen", "Ik wil mijn account wissen", "Hoe laat begint het?", "Ik sta al op de lijst", "Ik twijfel, ja of nee",
    "Ja\nhoewel", "Ja tot 21.00 uur", "Ja, 12 december", "Ja, de eerste avond wel, de tweede niet", "Alleen de eerste avond", "Nee, wel de tweede avond", "Ik hoef niet te betalen", "Ik neem de plek niet graag", "Ik neem de plek graag over van Bram",
    "Geef de plek maar aan Bram", "Ik wil niet dat jullie de plek doorgeven", "Geef de plek niet door", "Geef de plek nog niet weg", "Hou de plek vrij", "De plek mag niet naar de volgende", "Ik zie er niet van af", "Ik sla niet over", "Nou ja", "Nou nee",
    "Eigenlijk wel", "Liefst wel", "Waarschijnlijk wel", "Onder voorbehoud ja", "Ja, onder voorbehoud", "In principe ja", "In principe graag", "Ja denk ik", "Ik denk het wel", "Vast wel", "Ja, hopelijk", "Bijna zeker", "Niet zeker", "Ik weet niet zeker of ik kan",
    "Ja ik snap het", "Nee ik snap het niet", "Nee, ik begrijp de mail niet", "Ja, ik heb me al afgemeld", "Ik had me toch afgemeld", "Ik ben al afgemeld", "Was ik niet afgemeld", "Hoi afgezegd", "Ja hoor, ga maar door", "Dat is goed, geef maar aan een ander",
    "Prima, maar niet voor mij", "Prima, ik hoef hem niet", "Akkoord met wat", "Is goed, dan niet", "Ja zeg", "Ja dag", "Ja doei zeg, nee", "Nee maar!", "Nee maar wat leuk", "Nee nee, ja", "Ja ja, nee", "Ja dan niet", "Graag meer informatie", "Graag hoor ik hoe laat",
]  # fmt: skip
