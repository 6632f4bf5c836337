"""The words of the house, in the languages of a mission: what house.py and claims.py compare.

Words that are people's names, too, are left out: Sprecher, Redner, Gospodarz, 嘉宾, Hote without its accent.
"""

MEETINGS = (
    "event evenement mission missie session sessie webinar webinars webinaire webinario webinaro "
    "meeting bijeenkomst conference conferentie konferenz seminar seminarie seminaire seminario "
    "congres veranstaltung sitzung evento mision missione missao sesion "
    "sessione sessao seance reunion riunione reuniao 会议 會議 本次会议 网络研讨会 線上研討會 研讨会 "
    "会議 ウェビナー セミナー イベント 웨비나 세미나 행사 회의 회의의 세션 세션의 вебинар мероприятие"
)
"""What a session is; nobody is called nothing but that."""

TEAMS = "team teams crew committee comite commissie equipe equipo equipa squadra 团队 團隊 チーム 팀 команда"
"""Those who make it, likewise."""

ALONE = (
    "chair mc emcee regie studio crew info desk registration registratie bot automatic automatisch "
    "message bericht you me myself anonymous anoniem jij ik jezelf attendee deelnemer participant"
)
"""What pages say of people, and where the house writes from: of a person only where nothing else is said."""

EXACT = (
    "notification announcement notice mededeling melding techniek tech it security beveiliging redactie "
    "secretariaat producer producers productie leiding leader leaders mod mods live stage poll onstagenow "
    "organising organizing"
)
"""Likewise, and people set them behind their names to say what they do: Jan Bakker (IT), Ben – security."""

ARTICLES = "the de het a een"

LEADERS = (
    "host hosts cohost cohosts hostess hostesses moderator moderators organiser organisers organizer "
    "organizers presenter presenters speaker speakers facilitator facilitators chairman chairwoman "
    "chairperson gastheer gastheren gastvrouw gastvrouwen moderatrice organisator organisatoren "
    "spreker presentator presentatoren presentatrice gespreksleider dagvoorzitter voorzitter "
    "voorzitters voorzitster gastgeber gastgeberin gastgeberinnen moderatorin moderatoren "
    "moderatorinnen veranstalter veranstalterin organisatorin vorsitzender vorsitzende referent "
    "referentin referenten sitzungsleiter sitzungsleiterin hotesse hotesses animateur animatrice "
    "moderateur organisateur organisateurs organisatrice presentateur intervenant intervenante "
    "intervenants conferencier conferenciere anfitrion anfitriona anfitriones moderador moderadora "
    "moderadores organizador organizadora organizadores presentador presentadora ponente ponentes "
    "orador oradora anfitriao anfitria anfitrioes apresentador apresentadora palestrante palestrantes "
    "moderatore moderatori organizzatore organizzatrice organizzatori relatore relatrice relatori "
    "conduttore conduttrice presentatore модератор ведущий ведущая хост организатор организаторы "
    "спикер ведучий ведуча організатор moderatorka organizatorka prowadzacy prowadzaca ordstyrer "
    "arrangor arrangorer sunucu organizator المضيف مضيف المنظم منظم المشرف מנחה מארח מארגן मेज़बान "
    "मॉडरेटर आयोजक संचालक 主持人 主持 主办方 主辦方 主办 主辦 组织者 組織者 演讲者 演講者 讲者 講者 "
    "司会 司会者 主催 主催者 ホスト モデレーター モデレータ オーガナイザー 登壇者 発表者 スピーカー "
    "호스트 사회자 진행자 모더레이터 주최자 주최측 발표자 연사 "
    "gespreksleidster missieleider missieleidster sessieleider sessieleidster "
    "οικοδεσπότης οικοδέσποινα συντονιστής συντονίστρια διοργανωτής διοργανώτρια ομιλητής παρουσιαστής "
    "isäntä emäntä juontaja järjestäjä puheenjohtaja moderaattori puhuja házigazda moderátor szervező "
    "műsorvezető levezető hostitel hostitelka moderátorka organizátor organizátorka pořadatel řečník "
    "hostiteľ usporiadateľ rečník värd värdinna arrangör ordförande mötesledare talare vært værtinde "
    "arrangør mødeleder vertinne møteleder fundarstjóri moderatör evsahibi düzenleyen organizatör "
    "میزبان مجری برگزارکننده سخنران مدیر प्रस्तोता सूत्रधार मेजबान ผู้ดำเนินรายการ พิธีกร ผู้จัด เจ้าภาพ วิทยากร "
    "ngườidẫnchươngtrình bantổchức chủtrì chủtọa diễngiả pembawaacara penyelenggara tuanrumah panitia "
    "narasumber водещ домакин домакиня модераторка лектор"
)
"""People who lead a session, or speak in it."""

OTHERS = (
    "organisation organization system admin admins administrator administrators sysadmin webmaster "
    "support helpdesk servicedesk klantenservice systeembericht noreply moderatie "
    "staff webinar webinars webinaire official verified organisatie systeem "
    "systeembeheer beheer beheerder beheerders ondersteuning officieel geverifieerd verifiziert "
    "offiziell technik administrateur administratrice systeme assistance officiel verifie "
    "administrador administradora administradores sistema soporte oficial verificado verificada "
    "suporte amministratore amministratrice supporto assistenza ufficiale verificato verificata "
    "администратор админ поддержка система адміністратор підтримка destek yonetici 管理员 管理員 系统 "
    "系統 客服 支持 技术支持 技術支援 官方 工作人员 工作人員 已认证 管理者 事務局 運営 システム "
    "サポート スタッフ 公式 認証済み 관리자 운영자 운영진 시스템 고객지원 지원 스태프 공식 인증"
)
"""What else belongs to the house, and how it vouches for somebody."""

GLUED_TO_NAMES = (
    "主持人 主持 主办方 主辦方 组织者 組織者 管理员 管理員 系统 系統 客服 技术支持 工作人员 工作人員 "
    "司会 司会者 主催者 管理者 事務局 運営 ホスト モデレーター モデレータ オーガナイザー システム "
    "サポート スタッフ 호스트 사회자 진행자 모더레이터 주최자 주최측 관리자 운영자 운영진 시스템 "
    "고객지원"
)
"""Words of scripts that have no spaces, which begin or end nobody's name: 田中司会者."""

FILLERS = (
    "a an and at bv nv ltd gmbh inc llc co de deze den der des desk tech technical technisch technische "
    "production productie produktion digital digitaal digitale digitales dit du en for het "
    "jullie live mijn my of online our ons onze that the this today tonight uw van vandaag virtual "
    "voor your am das dem die dieser dieses diese fur heute im in und unser unsere zu au aux ce cet "
    "cette et la le les notre nos pour votre al con del e el esta este hoy los las nuestra nuestro "
    "para su y da do dos desta deste hoje nosso nossa o os di della dello delle dei gli il lo nostra "
    "nostro oggi per questa questo 的 本 次 本次 此 今天 の 本日 今回 이번 오늘 오늘의"
)
"""Words that make no organisation of a reserved one."""

SPOKEN = (
    "i im we me my on am is are be as hi hello here it its just only person ask to from with who welcome "
    "by ben ik bent wij zijn als hier hallo met wie welkom bij ich bin wir sind mit bei je suis nous "
    "sommes ici soy somos aqui sou sono siamo qui behalf namens now nu hour uur morning afternoon evening "
    "ochtend middag avond stunde heure wordt word worden door mij mir von wird par moi por mi"
)
"""Words of a sentence that says no more than who somebody is."""

HERE = (
    "this today todays tonight deze dit vandaag vanavond jullie uw dieser diese dieses diesem heute "
    "cette cet ce aujourdhui esta este hoy deste desta hoje questa questo di oggi 오늘 오늘의 이번"
)
"""Words that say: the one that we are in."""

DOINGS = (
    "hosting hosted moderate moderates moderating moderated organise organises organising organised "
    "organize organizes organizing organized presenting facilitate facilitating run running lead "
    "leading modereer modereert modereren organiseer organiseert organiseren presenteer presenteert "
    "begeleid moderiere moderiert moderieren organisiere organisiert organisieren anime animons moderons "
    "organisons modero organizo organizamos modera organizziamo chair chairs chairing chaired led leid "
    "leidt leiden geleid leite leitet geleitet dirige dirigee voorzit gemodereerd gepresenteerd "
    "georganiseerd incharge"
)
"""What who leads a session does; to be in charge is read as one word, for many here charge."""

CHAIRS = "chair chairs mc emcee emcees"
"""Leaders, in sentences and not in names: M.C. are somebody's initials."""

TIMES = "day dag tag hour uur stunde morning afternoon evening ochtend middag avond jour dia giorno"
"""What somebody is the host of, too."""

BEHALF = "behalf namens auftrag instead representing vertegenwoordig assistant assistent secretary"
"""Words by which somebody speaks for somebody else."""

YOURS = "your yours jullie uw je ihr euer eure votre vos vuestro vuestra tu su vostro vostra"

DEFINITE = "the de het der die das le la el il lo os as o"
"""Words before the one that everybody means."""

BEING = "am is are ben bin ist sind zijn suis sommes soy somos sono siamo sou"

TRADES = (
    "speaker speakers presenter presenters facilitator facilitators chairman chairwoman chairperson "
    "spreker presentator presentatrice gespreksleider dagvoorzitter voorzitter referent referentin "
    "animateur animatrice conferencier conferenciere intervenant intervenante ponente orador oradora "
    "palestrante relatore relatrice conduttore presentatore presentador presentadora apresentador "
    "apresentadora administrator administrateur administrador support system systems assistance "
    "systeem beheer ondersteuning technik sistema supporto assistenza soporte suporte organisation "
    "organization organisatie staff"
)
"""What people are elsewhere, too, and name among other things."""

GLUED_HERE = "本 这 這 此 今 この 本日 이 오늘"
"""This one, in scripts that have no spaces."""
