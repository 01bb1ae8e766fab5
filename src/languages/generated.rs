//! The words of the language files, written by `UPDATE=1 cargo test --lib generated`; do not edit.

use crate::languages::language::{Bylines, Dates, Labels, Language, Names, Relative};

pub(crate) static LANGUAGES: [Language; 35] = [
    // ar
    Language {
        dates: Dates { months: ["يناير جانفي كانون_الثاني", "فبراير فيفري شباط", "مارس آذار", "أبريل أفريل نيسان", "مايو ماي أيار", "يونيو يونيه جوان حزيران", "يوليو يوليه يوليوز جويلية تموز", "أغسطس أوت غشت آب", "سبتمبر شتنبر أيلول", "أكتوبر أوكتوبر تشرين_الأول", "نوفمبر نونبر تشرين_الثاني", "ديسمبر دجنبر كانون_الأول"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد", publication: "نشر نُشر تاريخ النشر آخر تحديث التحديث تم نشرت نشرت_في اخر محدث", join: "في الساعة يوم و عند هـ بتوقيت", of: "", ordinal: "", month: "", zone: "غرينتش جرينتش", hour: "", oclock: "", am: "ص صباحا", pm: "م مساء", ante: "", post: "", meridiem: "", today: "اليوم أمس" },
        relative: Relative { count: "", unit: "ساع دقيق دقائق ثاني يوم أيام ايام أسبوع أسابيع شهر أشهر سنة سنوات", before: "منذ قبل", filler: "", after: "", whole: "منذ_ساعتين منذ_يومين منذ_دقيقتين منذ_أسبوعين منذ_شهرين منذ_ساعة منذ_دقيقة منذ_يوم قبل_ساعتين قبل_يومين قبل_دقيقتين قبل_ساعة", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "al bin el" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "العنوان عنوان", subject: "الموضوع", author: "الكاتب الكاتبة المؤلف بقلم المرسل المحرر", source: "المصدر الصحيفة الناشر الجريدة", date: "التاريخ تاريخ_النشر نشر_في", url: "الرابط رابط", text: "النص نص_المقال المحتوى", about: "القسم الصفحة اللغة الكلمات_المفتاحية الملخص التصنيف المكان العدد إلى كلمة", thing: "السعر المكونات المخرج" },
        classes: &[],
    },
    // bg
    Language {
        dates: Dates { months: ["януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември септ", "октомври", "ноември", "декември"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "понеделник сряда четвъртък петък събота неделя", publication: "публикувана публикуван обновена обновено последна последно актуализация промяна добавена", join: "г", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "днес" },
        relative: Relative { count: "", unit: "мин час ден дни год", before: "преди", filler: "", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // ca
    Language {
        dates: Dates { months: ["gener gen", "febrer feb", "març", "abril abr", "maig", "juny", "juliol jul", "agost ag", "setembre set", "octubre oct", "novembre nov", "desembre des"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "dilluns dimarts dimecres dijous divendres dissabte diumenge", publication: "publicat publicada actualitzat actualitzada actualització darrera última data", join: "el les la i", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "avui ahir" },
        relative: Relative { count: "", unit: "min hor dia dies setman mes", before: "fa", filler: "", after: "enrere", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // cs
    Language {
        dates: Dates { months: ["leden ledna led", "únor února úno", "březen března bře", "duben dubna dub", "květen května kvě", "červen června čvn", "červenec července čvc", "srpen srpna", "září zář", "říjen října říj", "listopad listopadu", "prosinec prosince pro"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "pondělí úterý středa čtvrtek pátek sobota neděle po út st čt pá ne", publication: "publikováno zveřejněno vydáno aktualizováno aktualizace poslední datum vytvořeno přidáno", join: "v ve dne hod a", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "hod", am: "", pm: "", ante: "", post: "", meridiem: "", today: "dnes včera" },
        relative: Relative { count: "", unit: "sekund min hodin dny dnem dni týdn měsíc rok let", before: "před", filler: "okolo asi", after: "", whole: "před_hodinou před_minutou", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "autor autorka", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "titulek nadpis název", subject: "předmět", author: "autoři odesílatel autorka_článku", source: "zdroj noviny deník vydavatel", date: "datum_vydání publikováno zveřejněno odesláno datum_publikace", url: "odkaz", text: "plný_text obsah text_článku", about: "rubrika strana jazyk délka počet_slov klíčová_slova shrnutí podtitulek vydání místo autorská_práva popisek komu slov", thing: "cena suroviny režie" },
        classes: &[],
    },
    // da
    Language {
        dates: Dates { months: ["januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "december dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "mandag tirsdag lørdag søndag man tirs tor lør søn", publication: "publiceret udgivet opdateret senest sidst ændret dato oprettet offentliggjort", join: "", of: "den", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "" },
        relative: Relative { count: "en et", unit: "sekund min tim dag dage døgn uge måned år", before: "", filler: "", after: "siden", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "af tekst skrevet_af", closing: "", conjunction: "og", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "overskrift", subject: "emne", author: "forfatter afsender fra skrevet_af", source: "kilde avis udgiver", date: "dato udgivelsesdato offentliggjort udgivet sendt publiceret", url: "henvisning", text: "brødtekst hele_teksten indhold", about: "sektion side sider sprog længde antal_ord nøgleord resumé underrubrik udgave sted ophavsret billedtekst til_modtager", thing: "ingredienser_til instruktør" },
        classes: &[],
    },
    // de
    Language {
        dates: Dates { months: ["januar jänner jan jän", "februar feber feb", "märz mär mrz", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so", publication: "veröffentlicht veröffentlichung erschienen aktualisiert aktualisierung zuletzt letzte geändert änderung stand datum erstellt publiziert gepostet", join: "am um ab der den vom und dem zum gegen", of: "", ordinal: "", month: "", zone: "mez mesz", hour: "", oclock: "uhr", am: "", pm: "", ante: "", post: "", meridiem: "", today: "heute gestern vorgestern" },
        relative: Relative { count: "ein eine einer einem einigen", unit: "sekund min stund std tag woche monat jahr h", before: "vor", filler: "etwa rund ca knapp circa", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "aktualis",
        bylines: Bylines { opening: "verfasst_von geschrieben_von von autor", closing: "am", conjunction: "und", particle: "von der den" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "titel überschrift schlagzeile artikeltitel", subject: "betreff", author: "autor autorin autoren autor/in verfasser verfasserin von absender geschrieben_von urheber", source: "quelle zeitung medium publikation herausgeber verlag zeitschrift", date: "datum erscheinungsdatum veröffentlicht veröffentlicht_am veröffentlichungsdatum erschienen erschienen_am gesendet publiziert publiziert_am pubdatum", url: "adresse webadresse internetadresse verweis", text: "volltext artikeltext inhalt wortlaut", about: "ressort seite seiten ausgabe länge wörter wortzahl anzahl_wörter sprache schlagwörter schlagworte stichwörter stichworte zusammenfassung vorspann untertitel dachzeile kategorie kategorien ort urheberrecht dokument dokumentnummer dokument_nummer dokument_id nummer bild foto bildunterschrift an kopie nachrichtentyp update copyright_hinweis", thing: "preis zutaten zubereitungszeit backzeit portionen regie darsteller bewertung gewicht" },
        classes: &[("ad", "anzeige werbung"), ("author", "autor autoren"), ("byline", "autor datum"), ("caption", "bildunterschrift"), ("comments", "kommentar kommentare"), ("contents", "inhaltsverzeichnis"), ("day", "datum"), ("owner", "artikel"), ("tags", "schlagworte")],
    },
    // el
    Language {
        dates: Dates { months: ["ιανουάριος ιανουαρίου ιαν", "φεβρουάριος φεβρουαρίου φεβ φεβρ", "μάρτιος μαρτίου μαρ", "απρίλιος απριλίου απρ", "μάιος μαΐου μαι", "ιούνιος ιουνίου ιουν", "ιούλιος ιουλίου ιουλ", "αύγουστος αυγούστου αυγ", "σεπτέμβριος σεπτεμβρίου σεπ σεπτ", "οκτώβριος οκτωβρίου οκτ", "νοέμβριος νοεμβρίου νοε νοεμ", "δεκέμβριος δεκεμβρίου δεκ"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ", publication: "δημοσιεύτηκε δημοσιεύθηκε δημοσίευση ενημερώθηκε ενημέρωση τελευταία ημερομηνία", join: "στις στην και ώρα", of: "", ordinal: "η ης", month: "", zone: "", hour: "", oclock: "", am: "πμ", pm: "μμ", ante: "π", post: "μ", meridiem: "μ", today: "σήμερα χθες χτες" },
        relative: Relative { count: "", unit: "ώρ λεπτ μέρ ημέρ εβδομάδ μήν χρόν", before: "πριν", filler: "από", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "γράφει_ο γράφει_η συντάκτης συντάκτρια του_συντάκτη", closing: "", conjunction: "και", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "τίτλος", subject: "θέμα", author: "συγγραφέας συντάκτης αποστολέας από", source: "πηγή εφημερίδα εκδότης", date: "ημερομηνία δημοσιεύθηκε ημερομηνία_δημοσίευσης", url: "σύνδεσμος", text: "κείμενο πλήρες_κείμενο περιεχόμενο", about: "ενότητα σελίδα γλώσσα λέξεις_κλειδιά περίληψη υπότιτλος προς λέξεις", thing: "τιμή υλικά σκηνοθεσία" },
        classes: &[],
    },
    // en
    Language {
        dates: Dates { months: ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun", publication: "published publish publication posted post updated update last latest modified created date dated time first added edited issued released release reviewed revised uploaded submitted archived filed online pubdate timestamp", join: "on at the in t and from as a", of: "of the", ordinal: "st nd rd th", month: "", zone: "gmt utc z est edt cst cdt mst mdt pst pdt et ct mt pt bst ist jst kst hkt sgt pht aest aedt acst acdt awst nzst nzdt sast wat eat pkt gst akst akdt hst cet cest wet west eet eest hrs hours min", hour: "", oclock: "", am: "am", pm: "pm", ante: "a", post: "p", meridiem: "m", today: "today yesterday now just" },
        relative: Relative { count: "a an one the few couple of several", unit: "sec min hour hr day week month year h d w m y", before: "", filler: "", after: "ago earlier", whole: "", glued_unit: "", glued_after: "" },
        later: "updat modif review revis edited checked",
        bylines: Bylines { opening: "written_by article_by authored_by interview_by posted_by published_by reported_by text_by story_by words_by by author authors contributor contributors", closing: "on published updated posted for from in", conjunction: "and", particle: "" },
        names: Names { nobody: "admin administrator webmaster undefined null none author authors editor user root guest by written_by posted_by wordpress", openings: "posted subscribe_ sign_up view_ more_ read_ about_ see_ follow_ all_posts posts_by articles_by the_author updated last_updated published share reviewed researched edited fact medically", roles: "writer editor author reporter columnist correspondent contributor journalist founder co-founder head chief director manager officer senior specialist expert analyst president professor development educators ceo is from", degrees: "BA BS BSC BSN CFA CFP CPA DDS DMD DO DVM ESQ FACLM JD JR LCSW LD MA MBA MD MPH MS MSC MSW PHD PSYD RD RDN RN SR VMD MFA" },
        labels: Labels { title: "title headline head heading hd hl ti t1 story_title article_title document_title post_title", subject: "subject subj", author: "author authors byline by by_line au a1 from sender writer reporter written_by posted_by creator contributor contributors journalist", source: "source publication publication_title publication_name journal journal_title newspaper paper outlet publisher newspaper_name site_name site feed blog agency sn so jo jf source_name news_source magazine name_of_publication", date: "date pd published pubdate pub_date publication_date date_published published_at published_on published_date publish_date posted posted_on post_date dateline_date issue_date story_date article_date sent py dp created date_posted release_date dt", url: "url link links permalink document_url web_address ur lk story_link source_url canonical_url", text: "text full_text fulltext body body_text article article_text article_body story content td lp tx main_text", about: "abstract summary description lead_in standfirst highlight deck subhead subheadline subtitle sub_headline dek excerpt keywords key_words tags tag categories category topic topics section page pages length word_count words wc series column edition issue volume dateline location place_of_publication country_of_publication publication_info publication_subject publication_year publication_type publication_type_code pub_type document_type source_type type_of_document language language_of_publication lang load_date last_updated updated last_modified modified copyright copyright_notice rights cy graphic graphics photo photos image images illustration caption correction correction_date notes note document document_id id guid doc_id docid docno doc doc_number accession_number accession_no an record_number proquest_document_id issn e_issn doi database company companies organization organizations person people ticker geographic geography industry subject_terms classification layout draft slug status license comments type ty er kw ab n2 vl sp ep ad ns re co ipc in pub pg sc ed ct la et se clm vol art cx rf cr slugline to cc bcc reply_to message message_id content_type content_transfer_encoding mime_version in_reply_to references x_mailer newsgroups organisation list_id return_path delivered_to received user_agent distribution lines posting_host approved_by archive_name importance attachments", thing: "isbn isbn_13 isbn_10 asin price list_price rating genre director starring cast runtime running_time servings serves yield yields prep_time cook_time total_time preparation_time cooking_time ingredients difficulty cuisine brand model sku weight dimensions color colour material warranty bedrooms bathrooms salary job_type expertise occupation" },
        classes: &[],
    },
    // es
    Language {
        dates: Dates { months: ["enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago", "septiembre setiembre sep sept set", "octubre oct", "noviembre nov", "diciembre dic"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom", publication: "publicado publicada publicación actualizado actualizada actualización última última_hora fecha modificación modificado creado hora", join: "el a las la los y en", of: "de del d l i", ordinal: "º ª o a", month: "", zone: "", hour: "", oclock: "hs horas", am: "", pm: "", ante: "", post: "", meridiem: "", today: "hoy ayer anteayer" },
        relative: Relative { count: "un una unos unas", unit: "segundo min hora día semana mes año", before: "hace desde_hace", filler: "unos cerca_de aproximadamente", after: "atrás", whole: "", glued_unit: "", glued_after: "" },
        later: "actualiz modif",
        bylines: Bylines { opening: "escrito_por por autor autora autores", closing: "el", conjunction: "y e", particle: "de del la el" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "título titular titulo encabezado", subject: "asunto", author: "autora autores firma por remitente periodista redactor", source: "fuente periódico diario medio publicación editorial revista", date: "fecha fecha_de_publicación publicado publicado_el fecha_publicación enviado enviado_el", url: "enlace vínculo", text: "texto texto_completo cuerpo contenido", about: "sección página páginas idioma longitud palabras número_de_palabras resumen entradilla bajada subtítulo palabras_clave etiquetas categoría categorías lugar edición derechos derechos_de_autor pie_de_foto tipo_de_documento identificador número_de_documento para", thing: "precio ingredientes tiempo_de_preparación tiempo_de_cocción reparto género peso porciones" },
        classes: &[("ad", "publicidad"), ("author", "autor"), ("byline", "autor"), ("comments", "comentarios"), ("related", "relacionadas relacionados")],
    },
    // fa
    Language {
        dates: Dates { months: ["ژانویه ژانویهٔ", "فوریه فوریهٔ فبروری", "مارس مارچ", "آوریل اپریل", "مه می", "ژوئن جون", "ژوئیه ژوییه جولای", "اوت آگوست اگست", "سپتامبر سپتمبر", "اکتبر اکتوبر", "نوامبر نومبر", "دسامبر دسمبر"], persian_months: ["فروردین فروردین_ماه حمل", "اردیبهشت اردیبهشت_ماه ثور", "خرداد خرداد_ماه جوزا", "تیر تیر_ماه تیرماه سرطان", "مرداد مرداد_ماه امرداد اسد", "شهریور شهریور_ماه سنبله", "مهر مهر_ماه مهرماه میزان", "آبان آبان_ماه آبانماه عقرب", "آذر آذر_ماه آذرماه قوس", "دی دی_ماه دیماه جدی", "بهمن بهمن_ماه دلو", "اسفند اسفند_ماه حوت"], buddhist_years: false, dotted_day: &[], weekday: "شنبه یکشنبه یک_شنبه دوشنبه دو_شنبه سه_شنبه سهشنبه چهارشنبه چهار_شنبه پنجشنبه پنج_شنبه جمعه آدینه", publication: "تاریخ انتشار تاریخ_انتشار منتشر شده منتشر_شده به_روز_شده به_روزرسانی به_روز_رسانی بروزرسانی آخرین ویرایش زمان_انتشار تاریخ_خبر", join: "ساعت در و به روز مورخ", of: "ماه سال", ordinal: "", month: "", zone: "تهران به_وقت_تهران", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "امروز دیروز" },
        relative: Relative { count: "یک", unit: "ثانیه دقیقه ساعت روز هفته ماه سال", before: "", filler: "", after: "پیش قبل", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "نویسنده به_قلم", closing: "", conjunction: "و", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // fi
    Language {
        dates: Dates { months: ["tammikuu tammikuuta", "helmikuu helmikuuta", "maaliskuu maaliskuuta", "huhtikuu huhtikuuta", "toukokuu toukokuuta", "kesäkuu kesäkuuta", "heinäkuu heinäkuuta", "elokuu elokuuta", "syyskuu syyskuuta", "lokakuu lokakuuta", "marraskuu marraskuuta", "joulukuu joulukuuta"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina ti ke pe la su", publication: "julkaistu päivitetty viimeksi muokattu päivämäärä luotu", join: "klo kello ja", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "tänään eilen" },
        relative: Relative { count: "", unit: "min tund tunti päiv viikko kuukau vuo", before: "", filler: "", after: "sitten", whole: "tunti_sitten", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "teksti kirjoittaja kirjoittanut toimittaja", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "otsikko", subject: "aihe", author: "kirjoittaja tekijä toimittaja lähettäjä", source: "lähde lehti julkaisija", date: "päivämäärä julkaistu julkaisupäivä pvm lähetetty", url: "linkki osoite", text: "teksti leipäteksti sisältö koko_teksti", about: "osasto sivu sivut kieli pituus sanamäärä avainsanat tiivistelmä ingressi paikka tekijänoikeus kuvateksti vastaanottaja sanaa", thing: "hinta ainekset ohjaaja" },
        classes: &[],
    },
    // fr
    Language {
        dates: Dates { months: ["janvier janv jan", "février févr fév", "mars", "avril avr", "mai", "juin", "juillet juil", "août", "septembre sept", "octobre oct", "novembre nov", "décembre déc"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim", publication: "publié publiée publication mis mise jour màj dernière modification modifié actualisé modifiée parution paru date créé posté", join: "le à et la les au vers", of: "", ordinal: "er ère re e ème", month: "", zone: "", hour: "h", oclock: "heures", am: "", pm: "", ante: "", post: "", meridiem: "", today: "hier aujourd hui" },
        relative: Relative { count: "un une", unit: "sec min heure jour semaine mois an h", before: "il_y_a", filler: "environ plus_de moins_de", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "mis_à_jour modif",
        bylines: Bylines { opening: "écrit_par par", closing: "le", conjunction: "et", particle: "de du la le" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "titre intitulé titre_de_l'article", subject: "objet sujet", author: "auteur auteurs auteure par de signature rédacteur expéditeur journaliste", source: "journal publication_source périodique éditeur nom_de_la_source", date: "date_de_publication publié date_de_parution envoyé date_d'édition", url: "lien adresse_web", text: "texte texte_intégral texte_complet contenu corps article_complet", about: "rubrique langue longueur mots nombre_de_mots résumé chapô chapeau sous_titre mots_clés mots_clé catégorie catégories lieu édition numéro droits droits_d'auteur légende type_de_document identifiant à numéro_de_document", thing: "prix ingrédients temps_de_préparation temps_de_cuisson réalisateur acteurs poids" },
        classes: &[("author", "auteur"), ("caption", "legende"), ("comments", "commentaires")],
    },
    // he
    Language {
        dates: Dates { months: ["ינואר בינואר ינו", "פברואר בפברואר פבר", "מרץ במרץ מרס במרס", "אפריל באפריל אפר", "מאי במאי", "יוני ביוני", "יולי ביולי", "אוגוסט באוגוסט אוג", "ספטמבר בספטמבר ספט", "אוקטובר באוקטובר אוק", "נובמבר בנובמבר נוב", "דצמבר בדצמבר דצמ"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "יום_ראשון יום_שני יום_שלישי יום_רביעי יום_חמישי יום_שישי יום_שבת ביום_ראשון ביום_שני ביום_שלישי ביום_רביעי ביום_חמישי ביום_שישי ראשון שני שלישי רביעי חמישי שישי שבת", publication: "פורסם פורסמה פורסם_ב פורסם_בתאריך תאריך תאריך_פרסום פרסום עודכן עודכנה עדכון עדכון_אחרון עודכן_לאחרונה עודכן_ב נוצר הועלה", join: "בשעה שעה ב ל יום ו עד", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "היום אתמול הבוקר הערב" },
        relative: Relative { count: "", unit: "שנ דק שע יום ימים שבוע חודש", before: "לפני", filler: "כ", after: "", whole: "לפני_שעה לפני_שעתיים לפני_דקה לפני_יום לפני_יומיים לפני_שבוע לפני_שבועיים לפני_חודש לפני_חודשיים לפני_שנה לפני_שנתיים", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "מאת נכתב_על_ידי", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // hi
    Language {
        dates: Dates { months: ["जनवरी जन", "फरवरी फ़रवरी फर", "मार्च", "अप्रैल अप्रेल", "मई", "जून", "जुलाई", "अगस्त अग", "सितंबर सितम्बर सित", "अक्टूबर अक्तूबर अक्टू", "नवंबर नवम्बर नव", "दिसंबर दिसम्बर दिस"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "सोमवार मंगलवार बुधवार गुरुवार गुरूवार बृहस्पतिवार शुक्रवार शनिवार रविवार सोम मंगल बुध गुरु शुक्र शनि रवि", publication: "प्रकाशित प्रकाशन तिथि तारीख प्रकाशित_तिथि अपडेट अपडेटेड अपडेट_किया_गया अंतिम अद्यतन संशोधित पब्लिश पोस्ट प्रकाशित_किया_गया पर_प्रकाशित", join: "को पर बजे समय और दिनांक", of: "", ordinal: "", month: "", zone: "आईएसटी", hour: "", oclock: "", am: "पूर्वाह्न सुबह", pm: "अपराह्न शाम", ante: "", post: "", meridiem: "", today: "आज कल" },
        relative: Relative { count: "एक", unit: "सेकंड सेकेंड मिनट मिनटों घंटा घंटे घंटों घण्टे दिन दिनों हफ्ते हफ़्ते सप्ताह महीना महीने महीनों साल वर्ष", before: "", filler: "", after: "पहले", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "लेखक लेखिका द्वारा", closing: "", conjunction: "और व", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // hr
    Language {
        dates: Dates { months: ["siječanj siječnja sij", "veljača veljače velj", "ožujak ožujka ožu", "travanj travnja tra", "svibanj svibnja svi", "lipanj lipnja", "srpanj srpnja", "kolovoz kolovoza kol", "rujan rujna ruj", "", "studeni studenoga studenog stu", "prosinac prosinca"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[("lip", 6), ("lis", 0), ("listopada", 10)], weekday: "ponedjeljak utorak srijeda četvrtak petak subota nedjelja pon uto sri čet pet sub ned", publication: "objavljeno objavljen ažurirano zadnja zadnje posljednja izmjena promjena vrijeme", join: "u sati i g god godine", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "sati", am: "", pm: "", ante: "", post: "", meridiem: "", today: "danas jučer" },
        relative: Relative { count: "", unit: "min dan sat tjed mjesec godin", before: "prije", filler: "oko", after: "", whole: "prije_sat_vremena", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // hu
    Language {
        dates: Dates { months: ["január jan", "február feb febr", "március márc", "április ápr", "május máj", "június jún", "július júl", "augusztus aug", "szeptember szept szep", "október okt", "november nov", "december dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "hétfő kedd szerda csütörtök péntek szombat vasárnap", publication: "közzétéve megjelent frissítve frissítés utolsó utoljára módosítva dátum létrehozva publikálva", join: "és", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "ma tegnap" },
        relative: Relative { count: "", unit: "óra óráv perc nap hét hónap év", before: "", filler: "", after: "ezelőtt", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "írta szerző", closing: "", conjunction: "és", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "cím főcím", subject: "tárgy", author: "szerző szerzők írta feladó", source: "forrás lap kiadó", date: "dátum megjelent megjelenés közzétéve", url: "hivatkozás", text: "szöveg teljes_szöveg tartalom", about: "rovat oldal nyelv terjedelem kulcsszavak összefoglaló alcím helyszín címzett szó", thing: "ár hozzávalók rendező" },
        classes: &[],
    },
    // id
    Language {
        dates: Dates { months: ["januari jan", "februari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul", "agustus agt agu ags", "september sep", "oktober okt", "november nov", "desember des"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "senin selasa rabu kamis jumat sabtu minggu ahad", publication: "diterbitkan dipublikasikan diposting diperbarui terakhir pembaruan tanggal terbit", join: "pukul jam pada", of: "", ordinal: "", month: "", zone: "wib wita wit", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "kemarin hari_ini" },
        relative: Relative { count: "", unit: "jam menit hari minggu bulan tahun", before: "", filler: "", after: "yang_lalu lalu", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "oleh penulis ditulis_oleh reporter", closing: "", conjunction: "dan", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // it
    Language {
        dates: Dates { months: ["gennaio gen genn", "febbraio feb febbr", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug", "agosto ago", "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "lunedì martedì mercoledì giovedì venerdì sabato domenica gio", publication: "pubblicato pubblicata pubblicazione aggiornato aggiornata aggiornamento ultimo ultima modifica modificato data creato", join: "il alle ore dalle e in l", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "oggi ieri" },
        relative: Relative { count: "un una uno", unit: "sec min ora ore giorn settiman mese mesi anni anno", before: "", filler: "circa", after: "fa", whole: "", glued_unit: "", glued_after: "" },
        later: "aggiorn modif",
        bylines: Bylines { opening: "scritto_da a_cura_di di autore", closing: "il", conjunction: "e", particle: "da di del la" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "titolo titolo_articolo", subject: "oggetto", author: "autore autori autrice firma_di mittente da giornalista a_cura_di", source: "fonte testata giornale quotidiano editore rivista", date: "data data_di_pubblicazione pubblicato pubblicato_il inviato data_pubblicazione", url: "collegamento indirizzo_web", text: "testo testo_completo testo_integrale corpo contenuto", about: "sezione pagina pagine lingua lunghezza parole numero_di_parole sommario occhiello sottotitolo parole_chiave etichette categorie luogo edizione diritti didascalia tipo_di_documento identificativo", thing: "prezzo ingredienti tempo_di_preparazione tempo_di_cottura regia interpreti genere porzioni" },
        classes: &[],
    },
    // ja
    Language {
        dates: Dates { months: ["", "", "", "", "", "", "", "", "", "", "", ""], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日", publication: "公開日 公開日時 更新日 更新日時 最終更新 最終更新日 投稿日 投稿 掲載 掲載日 配信 作成日 発売日", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "午前", pm: "午後", ante: "", post: "", meridiem: "", today: "昨日 今日 たった今" },
        relative: Relative { count: "", unit: "", before: "", filler: "", after: "", whole: "", glued_unit: "秒 分 時間 日 週間 週 か月 ヶ月 カ月 年", glued_after: "前 以前" },
        later: "",
        bylines: Bylines { opening: "文 記者", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "見出し タイトル 表題", subject: "件名", author: "執筆者 著者 筆者 差出人 執筆", source: "出典 媒体 新聞名 掲載紙 発行元 提供元 情報源", date: "日付 掲載日 公開日 発行日 配信日 投稿日 日時 送信日時", url: "リンク アドレス", text: "記事本文 記事", about: "面名 ページ 文字数 言語 キーワード 要約 概要 副題 カテゴリ カテゴリー 場所 著作権 写真説明 宛先 朝夕刊 面 発行社", thing: "価格 材料 監督 出演 調理時間" },
        classes: &[],
    },
    // ko
    Language {
        dates: Dates { months: ["", "", "", "", "", "", "", "", "", "", "", ""], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "월요일 화요일 수요일 목요일 금요일 토요일 일요일 월 화 수 목 금 토 일", publication: "입력 수정 등록 발행 게시 업데이트 작성일 등록일 수정일 발행일 게시일 입력일 최종수정 최종 승인 기사입력 기사수정", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "오전", pm: "오후", ante: "", post: "", meridiem: "", today: "어제 오늘 방금" },
        relative: Relative { count: "", unit: "", before: "", filler: "", after: "", whole: "", glued_unit: "초 분 시간 일 주 개월 년", glued_after: "전" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "제목 기사제목 기사_제목", subject: "메일_제목", author: "기자 글쓴이 작성자 저자 기고자 보낸_사람 보낸사람", source: "출처 언론사 매체 신문사 매체명", date: "날짜 일자 게재일 발행일 등록일 작성일 입력 일시 보도일자", url: "링크 주소", text: "본문 내용 기사본문 기사_본문 전문", about: "면 분류 글자수 언어 키워드 요약 부제 카테고리 장소 저작권 받는_사람 수정 단어", thing: "가격 재료 감독 출연 조리시간" },
        classes: &[],
    },
    // nl
    Language {
        dates: Dates { months: ["januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun", "juli jul", "augustus aug", "september sept sep", "oktober okt", "november nov", "december dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo za zo", publication: "gepubliceerd geplaatst bijgewerkt laatst laatste gewijzigd update datum aangepast", join: "op om van en de het", of: "", ordinal: "ste de", month: "", zone: "", hour: "", oclock: "uur", am: "", pm: "", ante: "", post: "", meridiem: "", today: "vandaag gisteren" },
        relative: Relative { count: "een", unit: "sec min uur dag week maand jaar", before: "", filler: "circa", after: "geleden", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "geschreven_door door", closing: "op", conjunction: "en", particle: "van de den der" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "kop koptekst titel_artikel", subject: "onderwerp", author: "schrijver afzender van geschreven_door door", source: "bron krant dagblad tijdschrift uitgever", date: "gepubliceerd gepubliceerd_op publicatiedatum verschijningsdatum verzonden", url: "webadres koppeling", text: "volledige_tekst tekst artikeltekst inhoud", about: "pagina's lengte woorden aantal_woorden taal trefwoorden samenvatting ondertitel categorieën plaats editie auteursrecht bijschrift documenttype aan sectie", thing: "prijs ingrediënten bereidingstijd regisseur porties gewicht" },
        classes: &[("byline", "datum"), ("day", "datum"), ("owner", "artikel")],
    },
    // no
    Language {
        dates: Dates { months: ["januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "desember des"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "", publication: "publisert oppdatert sist endret dato opprettet", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "" },
        relative: Relative { count: "en et ein", unit: "sekund min tim dag døgn måned år", before: "", filler: "", after: "siden", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "tekst skrevet_av", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "tittel", subject: "emnefelt", author: "journalist_en skrevet_av avsender", source: "utgiver", date: "publisert utgitt", url: "lenke", text: "innhold", about: "seksjon lengde antall_ord stikkord sammendrag opphavsrett bildetekst", thing: "" },
        classes: &[],
    },
    // pl
    Language {
        dates: Dates { months: ["styczeń stycznia sty", "luty lutego lut", "marzec marca mar", "kwiecień kwietnia kwi", "maj maja", "czerwiec czerwca cze", "lipiec lipca lip", "sierpień sierpnia sie", "wrzesień września wrz", "październik października paź", "listopad listopada lis", "grudzień grudnia gru"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "poniedziałek wtorek środa czwartek piątek sobota niedziela pon wt śr czw pt sob nd niedz", publication: "opublikowano opublikowany publikacja publikacji data dodano zaktualizowano aktualizacja aktualizacji ostatnia utworzono", join: "r roku o godz godzinie w dnia dniu i w_dniu", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "godz", am: "", pm: "", ante: "", post: "", meridiem: "", today: "dziś dzisiaj wczoraj" },
        relative: Relative { count: "", unit: "sekund min godzin dzień dni tydzień tygodni miesiąc miesięcy rok lat", before: "", filler: "około od", after: "temu", whole: "godzinę_temu minutę_temu dzień_temu tydzień_temu", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "przez autor autorka autora", closing: "dnia", conjunction: "i", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "tytuł nagłówek", subject: "temat", author: "autorka autorzy nadawca od napisał", source: "źródło gazeta dziennik wydawca czasopismo tytuł_prasowy", date: "data_publikacji opublikowano data_wydania wysłano", url: "adres_url odnośnik adres", text: "tekst pełny_tekst treść pełna_treść", about: "dział strona strony język długość liczba_słów słowa_kluczowe streszczenie podtytuł kategoria_artykułu kategorie wydanie numer prawa_autorskie podpis typ_dokumentu do słów", thing: "cena składniki czas_przygotowania reżyseria obsada gatunek waga" },
        classes: &[],
    },
    // pt
    Language {
        dates: Dates { months: ["janeiro jan", "fevereiro fev", "março mar", "abril abr", "maio mai", "junho jun", "julho jul", "agosto ago", "setembro set", "outubro out", "novembro nov", "dezembro dez"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "segunda terça quarta quinta sexta feira sábado seg ter qua qui sex", publication: "publicado publicada publicação atualizado atualizada actualizado atualização última modificação modificado data criado postado", join: "em às as o", of: "do", ordinal: "", month: "", zone: "", hour: "", oclock: "horas", am: "", pm: "", ante: "", post: "", meridiem: "", today: "hoje ontem" },
        relative: Relative { count: "um uma", unit: "segundo min hora dia semana mês mes ano", before: "há", filler: "cerca_de aproximadamente", after: "atrás", whole: "", glued_unit: "", glued_after: "" },
        later: "modif",
        bylines: Bylines { opening: "escrito_por por autor autora autores", closing: "em", conjunction: "e", particle: "de da dos" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "manchete título_do_artigo", subject: "assunto", author: "autores_do_texto jornalista repórter", source: "jornal veículo publicação editora", date: "data_de_publicação publicado_em data_publicação enviada_em", url: "ligação endereço", text: "corpo_do_texto conteúdo texto_integral", about: "seção secção caderno língua comprimento palavras_chave número_de_palavras resumo subtítulo_do_texto legenda local edição direitos tipo_de_documento palavras", thing: "preço tempo_de_preparo elenco gênero direção porções" },
        classes: &[("author", "autor"), ("byline", "autor"), ("comments", "comentarios"), ("related", "relacionadas relacionados")],
    },
    // ro
    Language {
        dates: Dates { months: ["ianuarie ian", "februarie feb febr", "martie mar", "aprilie apr", "mai", "iunie iun", "iulie iul", "august aug", "septembrie sept sep", "octombrie oct", "noiembrie noi nov", "decembrie dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "luni marți miercuri joi vineri sâmbătă duminică", publication: "publicat publicată actualizat actualizată ultima actualizare data postat", join: "la ora pe și", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "azi astăzi" },
        relative: Relative { count: "", unit: "min ore zile zi săptămân lun an", before: "acum", filler: "circa", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "actualiz",
        bylines: Bylines { opening: "scris_de autoare", closing: "", conjunction: "și", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "titlu", subject: "subiect", author: "expeditor de_la semnat_de", source: "sursa sursă ziar publicație editor_ziar", date: "data_publicării publicat publicat_la data_apariției", url: "legătură", text: "conținut text_integral corp", about: "secțiune limbă lungime cuvinte_cheie rezumat subtitlu locul către cuvinte", thing: "preț regizor" },
        classes: &[],
    },
    // ru
    Language {
        dates: Dates { months: ["январь января янв", "февраль февраля фев февр", "март марта мар", "апрель апреля апр", "май мая", "июнь июня июн", "июль июля июл", "август августа авг", "сентябрь сентября сен сент", "октябрь октября окт", "ноябрь ноября ноя нояб", "декабрь декабря дек"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс", publication: "опубликовано опубликован опубликована обновлено обновлён дата публикации добавлено последнее обновление изменено размещено создано время", join: "г года год в во и от", of: "", ordinal: "го", month: "", zone: "msk мск", hour: "", oclock: "ч", am: "", pm: "", ante: "", post: "", meridiem: "", today: "сегодня вчера" },
        relative: Relative { count: "", unit: "сек мин минут час день дня дней недел неделя месяц год лет", before: "", filler: "", after: "назад", whole: "час_назад минуту_назад день_назад неделю_назад месяц_назад год_назад", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "автор текст", closing: "", conjunction: "и", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "заголовок заглавие название название_статьи", subject: "тема", author: "автор авторы отправитель от журналист", source: "источник издание газета сми журнал", date: "дата дата_публикации опубликовано дата_выпуска отправлено дата_выхода", url: "ссылка адрес", text: "текст полный_текст содержание текст_статьи", about: "раздел рубрика страница страницы язык объём объем количество_слов число_слов ключевые_слова аннотация подзаголовок категория место выпуск номер авторские_права подпись тип_документа кому слов слова", thing: "цена ингредиенты время_приготовления режиссёр режиссер жанр вес" },
        classes: &[],
    },
    // sk
    Language {
        dates: Dates { months: ["január januára", "február februára", "marec marca", "apríl apríla", "máj mája", "jún júna", "júl júla", "august augusta", "september septembra", "október októbra", "november novembra", "december decembra"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "pondelok utorok streda štvrtok piatok nedeľa", publication: "", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "" },
        relative: Relative { count: "", unit: "sekund min hodin rok", before: "pred", filler: "okolo asi", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // sl
    Language {
        dates: Dates { months: ["januar januarja", "februar februarja", "marec marca", "april aprila", "maj maja", "junij junija", "julij julija", "avgust avgusta", "september septembra", "oktober oktobra", "november novembra", "december decembra"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "", publication: "", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "" },
        relative: Relative { count: "", unit: "min dni let", before: "pred", filler: "", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // sr
    Language {
        dates: Dates { months: ["januar jan јануар јануара", "februar feb фебруар фебруара", "mart marta mar март марта", "april apr април априла", "maj мај маја", "jun juna јун јуна", "jul jula јул јула", "avgust avg август августа", "septembar septembra септембар септембра", "oktobar oktobra октобар октобра", "novembar novembra новембар новембра", "decembar decembra децембар децембра"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "", publication: "", join: "", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "" },
        relative: Relative { count: "", unit: "min dan sat mjesec godin", before: "", filler: "", after: "", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // sv
    Language {
        dates: Dates { months: ["januari jan", "februari feb", "mars mar", "april apr", "maj", "juni jun", "juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors fre lör sön", publication: "publicerad publicerat uppdaterad uppdaterat senast ändrad datum skapad", join: "kl den klockan på och i", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "idag igår i_dag i_går" },
        relative: Relative { count: "en ett", unit: "sekund min tim dag år", before: "", filler: "", after: "sedan", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "av text text_av skriven_av", closing: "", conjunction: "och", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "rubrik titel_på_artikel", subject: "ämne", author: "författare skribent av avsändare från", source: "källa tidning utgivare", date: "publicerad publicerat publiceringsdatum skickat", url: "länk", text: "brödtext hela_texten innehåll", about: "avdelning sida sidor språk längd antal_ord nyckelord sammanfattning ingress kategori utgåva plats upphovsrätt bildtext till ord", thing: "pris ingredienser regissör betyg" },
        classes: &[],
    },
    // th
    Language {
        dates: Dates { months: ["มกราคม ม.ค มกรา", "กุมภาพันธ์ ก.พ กุมภา", "มีนาคม มี.ค มีนา", "เมษายน เม.ย เมษา", "พฤษภาคม พ.ค พฤษภา", "มิถุนายน มิ.ย มิถุนา", "กรกฎาคม ก.ค กรกฎา", "สิงหาคม ส.ค สิงหา", "กันยายน ก.ย กันยา", "ตุลาคม ต.ค ตุลา", "พฤศจิกายน พ.ย พฤศจิกา", "ธันวาคม ธ.ค ธันวา"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: true, dotted_day: &[], weekday: "จันทร์ อังคาร พุธ พฤหัสบดี พฤหัส ศุกร์ เสาร์ อาทิตย์ วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันพฤหัส วันศุกร์ วันเสาร์ วันอาทิตย์", publication: "เผยแพร่ เผยแพร่เมื่อ เผยแพร่วันที่ วันที่เผยแพร่ โพสต์เมื่อ ลงประกาศเมื่อ อัปเดต อัพเดต อัปเดตล่าสุด อัพเดทล่าสุด อัปเดตเมื่อ ปรับปรุงล่าสุด แก้ไขล่าสุด สร้างเมื่อ ลงเมื่อ ปรับปรุงเมื่อ", join: "เวลา วันที่ เมื่อ เมื่อวันที่ ที่ วัน", of: "พ.ศ ค.ศ เดือน ปี", ordinal: "", month: "", zone: "", hour: "", oclock: "น นาฬิกา", am: "", pm: "", ante: "", post: "", meridiem: "", today: "วันนี้ เมื่อวาน เมื่อวานนี้ เมื่อสักครู่" },
        relative: Relative { count: "", unit: "", before: "", filler: "", after: "", whole: "", glued_unit: "วินาที นาที ชั่วโมง ชม. วัน สัปดาห์ เดือน ปี", glued_after: "ที่แล้ว ที่ผ่านมา ก่อน" },
        later: "",
        bylines: Bylines { opening: "โดย เขียนโดย ผู้เขียน เรื่องโดย เรียบเรียงโดย", closing: "", conjunction: "และ", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // tr
    Language {
        dates: Dates { months: ["ocak oca", "şubat şub", "mart mar", "nisan nis", "mayıs may", "haziran haz", "temmuz tem", "ağustos ağu", "eylül eyl", "ekim eki", "kasım kas", "aralık ara"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt çar per cmt paz", publication: "yayınlanma yayınlandı yayın yayım yayımlanma tarihi tarih güncelleme güncellendi güncellenme son giriş eklenme oluşturulma saati", join: "saat ve günü", of: "", ordinal: "", month: "", zone: "trt tsi", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "bugün dün" },
        relative: Relative { count: "bir", unit: "saat dk sn dakika saniye gün hafta ay yıl", before: "", filler: "", after: "önce evvel", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "yazan", closing: "", conjunction: "ve", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "başlık manşet", subject: "konu", author: "yazar yazarlar yazan gönderen muhabir kimden", source: "kaynak gazete yayın dergi yayıncı", date: "tarih yayın_tarihi yayınlanma_tarihi yayımlanma_tarihi gönderildi", url: "bağlantı adres_bağlantısı", text: "metin tam_metin içerik haber_metni", about: "bölüm sayfa dil uzunluk anahtar_kelimeler özet etiketler alt_başlık kelime_sayısı yer sayı kime kelime", thing: "fiyat malzemeler yönetmen oyuncular tür" },
        classes: &[],
    },
    // uk
    Language {
        dates: Dates { months: ["січень січня січ", "лютий лютого лют", "березень березня бер", "квітень квітня квіт кві", "травень травня трав тра", "червень червня черв чер", "липень липня лип", "серпень серпня серп сер", "вересень вересня вер", "жовтень жовтня жовт жов", "листопад листопада лист лис", "грудень грудня груд гру"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "понеділок вівторок середа середу четвер п'ятниця субота суботу неділя неділю нд", publication: "опубліковано оновлено дата публікації додано останнє оновлення змінено", join: "р року о об", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "год", am: "", pm: "", ante: "", post: "", meridiem: "", today: "сьогодні вчора" },
        relative: Relative { count: "", unit: "сек хвилин годин ден день дня дні днів тижд тижн місяц рік рок", before: "", filler: "", after: "тому назад", whole: "годину_тому день_тому", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "автор текст", closing: "", conjunction: "та", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "заголовок_статті назва", subject: "тема_листа", author: "автори автор_статті відправник від", source: "джерело видання", date: "дата_публікації опубліковано надіслано", url: "посилання", text: "повний_текст_статті зміст текст_статті_повний", about: "розділ сторінка мова ключові_слова анотація кому", thing: "ціна інгредієнти" },
        classes: &[],
    },
    // vi
    Language {
        dates: Dates { months: ["tháng_một tháng_giêng", "tháng_hai", "tháng_ba", "tháng_tư", "tháng_năm", "tháng_sáu", "tháng_bảy", "tháng_tám", "tháng_chín", "tháng_mười", "tháng_mười_một", "tháng_mười_hai tháng_chạp"], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "thứ_hai thứ_ba thứ_tư thứ_năm thứ_sáu thứ_bảy chủ_nhật", publication: "đăng xuất bản cập nhật lần cuối ngày đăng_lúc", join: "lúc vào năm", of: "năm", ordinal: "", month: "tháng", zone: "", hour: "", oclock: "", am: "", pm: "", ante: "", post: "", meridiem: "", today: "hôm_qua hôm_nay" },
        relative: Relative { count: "", unit: "giờ phút ngày tuần tháng năm", before: "cách_đây", filler: "", after: "trước", whole: "", glued_unit: "", glued_after: "" },
        later: "",
        bylines: Bylines { opening: "tác_giả bài_viết_bởi", closing: "", conjunction: "và", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "", subject: "", author: "", source: "", date: "", url: "", text: "", about: "", thing: "" },
        classes: &[],
    },
    // zh
    Language {
        dates: Dates { months: ["", "", "", "", "", "", "", "", "", "", "", ""], persian_months: ["", "", "", "", "", "", "", "", "", "", "", ""], buddhist_years: false, dotted_day: &[], weekday: "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日", publication: "发布 发布于 发布时间 发布日期 发表 发表于 发表时间 更新 更新于 更新时间 更新日期 最后更新 最后更新时间 日期 时间 發布 發布時間 發佈 發佈時間 發表於 更新時間 最後更新 時間 公開 刊登", join: "于 於", of: "", ordinal: "", month: "", zone: "", hour: "", oclock: "", am: "上午 凌晨 早上", pm: "下午 晚上 中午", ante: "", post: "", meridiem: "", today: "昨天 今天 前天 刚刚 剛剛" },
        relative: Relative { count: "", unit: "", before: "", filler: "", after: "", whole: "", glued_unit: "秒钟 秒 秒鐘 分钟 分鐘 分 小时 小時 天 日 周 週 个月 個月 年", glued_after: "之前 前 以前" },
        later: "",
        bylines: Bylines { opening: "作者 文 記者", closing: "", conjunction: "", particle: "" },
        names: Names { nobody: "", openings: "", roles: "", degrees: "" },
        labels: Labels { title: "标题 標題 题名 題名 篇名 新闻标题 文章标题", subject: "主题 主旨", author: "作者 记者 記者 撰文 发件人 寄件者 署名", source: "来源 來源 出处 报纸 报刊名 媒体 媒體 刊名 发布机构", date: "日期 发布日期 發佈日期 发布时间 發布時間 发表时间 发表日期 出版日期 时间 刊登日期 报道日期 发件时间", url: "链接 連結 网址 網址 原文链接", text: "正文 全文 内容 內容 本文 新闻内容", about: "版次 版面 版名 栏目 欄目 字数 字數 语言 語言 关键词 關鍵詞 关键字 摘要 导语 副标题 肩题 分类 分類 地点 版权 版權 编辑 责任编辑 責任編輯 收件人 抄送 页码 编号 字", thing: "价格 價格 配料 食材 导演 主演 类型 重量" },
        classes: &[],
    },
];
