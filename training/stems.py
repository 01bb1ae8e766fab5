#!/usr/bin/env python3
"""The stems that stand in many texts of a language, which say nothing of what a text is about.

    stems.py DATA src/clean/split/common.stems

DATA is the folder of labelled sets (sets.py). Of each language with enough labelled texts those stems are taken that stand in one of ten texts, of the others the words
below. A stem: the first five letters of a word of four or more; in scripts without spaces, a pair of characters (src/text/alike.rs).
"""

import collections
import pathlib
import sys

from compose import sources
from words import stems

LEAST_TEXTS, SHARE = 20, 0.1
OTHERS = """
pour dans avec cette sont nous vous mais plus aussi comme être fait leur leurs tout tous toute entre deux sans sous après avant depuis encore même autres dont elle elles était avait ainsi alors bien
contre celui ceux cela chez peut très moins selon quand donc déjà faire dire avoir ans année années jour jours notre votre quelque plusieurs premier première grand nouvelle nouveau trois monde temps
para como pero más sobre este esta estos estas entre desde hasta cuando donde porque también todo todos toda todas años año parte según sido está están tiene tienen había puede pueden otro otros otra
hace muy cada sólo solo mismo después antes contra durante ahora bien forma gran mayor primera primer nuevo nueva tres mundo días tiempo quien cual ellos nuestro aunque entonces sino hacer decir
della delle degli dello alla alle agli allo dalla dalle nella nelle negli sulla sulle come anche sono stato stata stati essere questo questa questi queste quello quella dopo prima anni anno tutti tutto
molto ancora quando dove perché senza contro ogni altro altri altra fare parte secondo fino così nuovo nuova grande proprio solo stesso tempo giorni mondo loro nostro hanno aveva viene può oltre
pela pelo pelos pelas mais como quando onde porque também todos todas tudo anos ano parte segundo sido está estão tem têm tinha pode podem outro outros outra muito cada mesmo depois antes contra durante
agora forma grande maior primeira primeiro novo nova três mundo dias tempo quem qual eles nosso embora então fazer dizer isso esse essa este esta entre desde ainda sobre para
voor door naar niet maar zijn haar heeft hebben werd worden wordt deze dit over onder tussen zonder tegen omdat toen waar zoals alle alles andere veel meer meest jaar jaren dagen eerste nieuwe grote twee
drie vier ook nog zich kunnen kan moet zal zou zouden onze hun hier daar daarna volgens tijdens sinds altijd alleen mensen tijd dag zeggen zegt maken gaan komen komt waren hadden werden bij vanaf
från till med inte eller efter under över mellan utan också redan bara alla allt andra många mycket mest året dagar första nya stora två tre fyra skulle kunde hade blev blir varit vara sina sitt deras
denna detta dessa vilket vilka samt enligt sedan innan alltid bland genom inom igen även säger sade finns fick göra kommer människor tiden något någon
ikke eller efter under over mellem uden også allerede bare alle andre mange meget mest året dage første nye store skulle kunne havde blev bliver været være sine deres denne dette disse hvilket samt ifølge
siden inden altid blandt gennem igen siger sagde findes gøre kommer mennesker tiden noget nogen fra til med hvor når hvis fordi både
için kadar olarak daha sonra önce çok gibi olan olduğu değil bile ancak büyük yeni bütün bazı böyle şöyle nasıl neden bunun onun onlar bizim sizin üzere göre karşı arasında içinde üzerinde yıl gün ilk iki
"""


def main():
    data, out = map(pathlib.Path, sys.argv[1:])
    texts, found = collections.defaultdict(list), {word[:5] for word in OTHERS.split() if len(word) >= 4}
    for source in sources(data, ()):
        texts[source.language].append(stems("\n".join(source.prose)))
    for own in texts.values():
        if len(own) >= LEAST_TEXTS:
            counts = collections.Counter(stem for text in own for stem in text)
            found |= {stem for stem, count in counts.items() if count >= SHARE * len(own)}
    # Two characters are a pair, four letters a stem.
    out.write_text("".join(stem + "\n" for stem in sorted(found)), encoding="utf-8")
    print(len(found), "stems")


if __name__ == "__main__":
    main()
