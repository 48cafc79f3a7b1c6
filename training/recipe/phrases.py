"""How people say it: for every concept, phrases that training may use and phrases kept for evaluation.

A line is `concept: training phrases / held-out phrases`, phrases separated by `|`; the concept's own name
always belongs to training.
"""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    train: tuple[str, ...]
    held_out: tuple[str, ...]


def _parse(lines: str) -> dict[str, Phrases]:
    table = {}
    for line in lines.strip().splitlines():
        concept, rest = line.split(":", 1)
        train, held_out = rest.split(" / ")
        split = lambda part: tuple(phrase.strip() for phrase in part.split("|") if phrase.strip())
        table[concept.strip()] = Phrases((concept.strip(), *split(train)), split(held_out))
    return table


GENRES = _parse("""
solo piano: piano solo | piano music | a piano piece | solo piano piece | classical piano | unaccompanied piano | lone piano | piano nocturne | quiet piano melody | piano prelude | sonata for piano | just piano | music played on a grand piano / someone playing the piano alone | a pianist at the keys | piano recital
ragtime: ragtime piano | stride piano | honky-tonk piano | old-time saloon piano / rag for piano | player piano tune
lullaby: music box lullaby | cradle song | bedtime music | music for a sleeping baby / nursery tune | berceuse
string quartet: quartet of strings | two violins, viola and cello | chamber strings | string ensemble | classical string quartet | chamber music for strings | quartet for violins, viola and cello | four string instruments / chamber music for four string players | small string group
string orchestra: orchestral strings | large string section | lush strings | string adagio | strings only orchestra | orchestra strings | emotional strings / massed strings | sweeping string section
orchestral: orchestra | symphonic music | symphony orchestra | full orchestra | orchestral music | large orchestra | symphony | orchestral score | orchestra playing | full symphonic sound / philharmonic | concert hall symphony
epic cinematic: epic orchestral music | trailer music | cinematic epic | heroic film score | epic battle music | epic | film trailer score | hero theme | battle theme | big orchestral drums and brass | epic movie soundtrack | adventure film music / blockbuster movie trailer | grand heroic soundtrack
suspense: suspense music | thriller soundtrack | horror film strings | tense underscore | horror music | horror soundtrack | creepy strings | dark film music | mystery music | tension music / nail-biting film music | something lurking in the dark
brass band: brass ensemble | brass quartet | fanfare | brass music | brass fanfare | trumpets and trombones | royal fanfare | brass players / ensemble of trumpets and trombones | brass choir
march: military march | marching band | parade music | march music | marching music | patriotic march | drums and piccolo march / soldiers on parade | drum corps
woodwind quintet: woodwind ensemble | wind quintet | chamber winds / small group of woodwind players | flute, oboe, clarinet and bassoon together
waltz: waltz music | ballroom waltz | viennese waltz | dance in three-four time / ballroom dance in 3/4 | whirling waltz
church organ music: church organ | pipe organ | organ music | organ hymn | cathedral organ | organ chorale | organ in a church | bach organ | organ fugue | organ prelude / organist playing in a cathedral | pipe organ voluntary
choir music: choir | choral music | choir singing | a cappella choir | sacred choral music | chorus of voices | large choir | church choir | vocal ensemble | gregorian chant | hymn sung by a choir | voices singing together / chorale sung by many voices | voices in a cathedral
harp music: solo harp | harp | harp arpeggios | harp glissando / harpist | plucked harp strings
baroque harpsichord: harpsichord | harpsichord music | baroque keyboard | baroque music | bach harpsichord | harpsichord solo | harpsichord suite / eighteenth-century keyboard suite | clavecin
fingerpicked guitar: acoustic guitar | fingerpicking guitar | solo acoustic guitar | acoustic guitar piece | solo guitar | guitar fingerstyle | gentle acoustic guitar | solo fingerstyle guitar | soft guitar picking | acoustic guitar alone | campfire guitar / plucked steel-string guitar | one guitarist fingerpicking
flamenco: flamenco guitar | spanish guitar | nylon string guitar | classical guitar strumming | spanish music | fast spanish guitar | flamenco guitar with claps | passionate nylon guitar / andalusian guitar | gypsy guitar from Spain
folk: folk music | acoustic folk | folk song | traditional folk | country folk | folk tune | singer-songwriter acoustic | fiddle and guitar | folk band / campfire tune | rural string tune
celtic: celtic music | irish folk | irish jig | scottish music | celtic dance | irish music | irish fiddle | celtic fiddle tune | irish reel / pub session reel | jig from Ireland
bagpipe music: bagpipes | bagpipe | scottish bagpipes | highland pipes / piper from Scotland | pipes and drone
country: country music | nashville country | western music | country and western | country song | country band | country guitar | americana / cowboy music | honky-tonk band
bluegrass: bluegrass banjo | banjo picking | appalachian string band / fast banjo breakdown | mountain music
polka: polka music | accordion polka | oompah band | bavarian music / beer hall accordion | oompah
rock: rock music | rock band | electric guitars and drums | guitar rock | rock with drums and electric guitar | classic rock | rock and roll | rock song | a rock band playing | guitar driven rock | loud guitars | drums, bass and electric guitar | rock band with drums and electric guitar | alternative rock | hard rock band | rock guitar riff | indie rock / amplified guitars over a drum kit | garage band
soft rock: mellow rock | acoustic rock | rock ballad | soft rock song / gentle band with acoustic guitar | easygoing rock
punk rock: punk | fast punk | pop punk | hardcore punk | punk music | punk band | fast loud guitars | energetic punk / three-chord fast guitars | skate punk
heavy metal: metal | metal music | heavy metal guitars | thrash metal | hard rock | death metal | distorted guitar riffs with double bass drums | hard and heavy | metal band | metal guitars | aggressive metal | extreme metal | chugging guitars | distorted guitars and fast drums | metal riff / headbanging guitars | crushing distorted riffs with pounding drums
blues: blues music | blues guitar | twelve-bar blues | slow blues | delta blues | rhythm and blues | blues band | blues shuffle | electric blues | blues harmonica / shuffle in twelve bars | juke joint
jazz trio: piano trio jazz | jazz piano trio | piano, double bass and drums | jazz with piano and upright bass | jazz piano | piano jazz | jazz with piano, bass and drums | trio of piano, bass and drums | acoustic jazz trio | piano bass and drums swinging / small jazz combo led by piano | pianist with walking bass and brushes
swing jazz: jazz | swing | jazz combo | swing music | jazz music | bebop | jazz band | swinging jazz | saxophone jazz | jazz quartet | trumpet jazz | jazz club | jazz solo | upbeat jazz / combo in a smoky club | hard bop
big band: big band jazz | swing orchestra | jazz orchestra | big band swing | jazz big band | large jazz ensemble | brass swing band / ballroom swing band of the forties | horn section swinging
smooth jazz: smooth jazz saxophone | lounge jazz | mellow jazz | lounge music | elevator music / late-night saxophone | dinner jazz
funk: funk music | funky groove | slap bass groove | funky | funk bass | funky bass and guitar | funk rhythm | groovy funk / james brown style groove | funk band
disco: disco music | 70s disco | disco dance | disco strings | disco beat | 1970s disco | dance music with strings / mirror ball dance floor | seventies dance floor
soul: soul music | motown | slow soul / memphis organ groove | sixties soul
gospel: gospel music | gospel choir | church gospel / sunday service singing | praise music
reggae: reggae music | ska | dub reggae | offbeat guitar reggae | roots reggae | reggae beat | reggae guitar | jamaican reggae / jamaican music | one drop rhythm
bossa nova: bossa | brazilian bossa nova | brazilian jazz | brazilian music | samba | latin jazz | brazilian guitar | relaxed latin / from Rio with nylon guitar | girl from ipanema style
salsa: latin music | salsa music | latin dance | cuban music | mambo | latin | latin brass | latin percussion and piano | afro-cuban / havana dance band | montuno piano
mariachi: mariachi band | mexican music | mexican trumpets / cantina band from Mexico | trumpets and guitars from Jalisco
tango: tango music | argentine tango | bandoneon tango / buenos aires dance
caribbean steel drum: steel drums | caribbean music | calypso | steel pan / music from Trinidad | tropical island pans
pop: pop music | pop song | catchy pop | synth pop | radio pop | mainstream pop | modern pop | happy pop song | commercial pop | upbeat pop / chart hit | top forty
ballad: slow ballad | love ballad | power ballad | romantic ballad / slow love song | tender slow song
techno: techno music | hard techno | electronic dance music | rave music | minimal techno | club music | edm | electronic beat | pulsing techno | dance techno | electronic club track | driving electronic beat | synth and drum machine | acid techno | rave / warehouse party | pounding four-on-the-floor machine music
house: house music | deep house | club house | dance music | piano house | house beat | four on the floor | electronic house | disco house / chicago club groove | dancefloor groove with claps
trance: trance music | uplifting trance | supersaw trance | euphoric trance | fast electronic arpeggios | trance synths / euphoric arpeggiated synths | hands-in-the-air synth anthem
drum and bass: drum n bass | jungle | dnb | breakbeat | fast breakbeats | jungle drums | rolling bass and breaks / fast broken beats with deep bass | liquid breaks
hip hop: hip-hop | hip hop beat | rap beat | boom bap | rap instrumental | trap beat | hip hop instrumental | rap music | beats | slow hip hop groove / beat for a rapper | old school breaks
lo-fi beats: lofi | lo-fi hip hop | lofi study beats | chillhop | chill beats / beats to study to | dusty relaxed beat
synthwave: retrowave | 80s synth | eighties synthpop | outrun synths | retro synth music | 80s electronic | eighties synth music | retro electronic | vintage synthesizers / neon eighties | driving at night with analog synths
ambient: ambient music | ambient pad | ambient synth pads | atmospheric music | drone | soundscape | floating pads | calm synthesizer pad | slow evolving pads | ambient drone | space music | atmospheric pads | background ambience | floating ambient synths | calm electronic atmosphere | ambient electronic / weightless texture | slowly drifting synth chords
dark ambient: dark drone | eerie drone | sinister ambience | horror ambience | scary drone | dark atmosphere | unsettling ambience | ominous drone | dark soundscape / haunted atmosphere | menacing low hum
new age: new age music | meditation music | spa music | relaxation music | yoga music | relaxing meditation | peaceful spa music | calm healing music | relaxing flute and pads / music for a massage | healing sounds
chiptune: 8-bit | 8-bit music | chip music | retro video game music | nintendo music | game boy music | square wave melody | 8 bit game | arcade music | 8bit | eight-bit | video game chip music | old game music | NES music | retro game | computer game bleeps | pixel game soundtrack | chip sound | 8-bit video game music / old console soundtrack | NES style bleeps
indian classical: sitar music | indian music | raga | sitar and tabla | sitar and drone | indian sitar raga | hindustani music / music from India | ravi shankar style
japanese: japanese music | koto | traditional japanese | shamisen music | asian music / music from Kyoto | zen garden
african: african music | kalimba | thumb piano | african marimba / music from Zimbabwe
medieval: medieval music | renaissance music | recorder and lute | medieval tavern / minstrels | music of the middle ages
drum solo: drums only | drum kit solo | solo drums | drum beat | drums | drumming | just drums | rock drum solo | drummer playing | drum track | a drum kit playing / drummer alone | nothing but a drum kit
tribal percussion: taiko drums | tribal drums | war drums | percussion ensemble | percussion | deep drums | big drums | epic drums | percussion only | hand drums / pounding big drums | drum ritual
""")

BROAD = _parse("""
classical: classical music | western classical | classical piece | classical composition | old european music | chamber or symphonic music | composed by mozart | romantic era music / concert music | art music
chamber music: chamber ensemble | small classical ensemble / intimate classical group
solo: solo instrument | solo performance | unaccompanied | alone / single instrument playing
religious: sacred music | church music | hymn / worship
rock music: rock | guitar band / band with guitars
jazz: jazz music | jazzy / swinging improvisation
electronic: electronic music | electronica | synthesizer music | synth music | electronic track | synthesizers and drum machines | electronic sounds | digital music | electronic production / made with machines | computer-made music
dance: dance music | danceable | club | dance track | dance beat | music to dance to | club dance / for the dance floor
soundtrack: film music | movie score | film score | game soundtrack | movie music | movie soundtrack | cinematic | background score | cinematic music / underscore for a film
latin: latin music | latin american music / south american rhythm
world music: ethnic music | traditional music / music from far away
acoustic: acoustic music | unplugged | acoustic instruments | acoustic song | acoustic sound | natural instruments / no amplification
indian: indian music | india / from the subcontinent
video game: video game music | game music | retro game | video game soundtrack | gaming music / console game
80s: eighties music | 80s music / from the 1980s
piano music: piano | piano piece / keyboard music
metal: metal music | heavy / headbanger
percussion: percussion | drums and percussion / things being hit
vocal: vocals | voices | singing | singer | sung | human voice | song with vocals | someone singing / people singing
asian: asian music | oriental / far east
spanish: spanish music | spain / iberian
baroque: baroque music | bach style / eighteenth century
easy listening: easy listening music | background music / muzak
""")

INSTRUMENTS = _parse("""
piano: grand piano | pianoforte | acoustic piano | piano keys / ivories
electric piano: rhodes | rhodes piano | wurlitzer / fender rhodes keys
harpsichord: harpsichords | baroque keyboard / clavecin
celesta: celeste / sugar plum fairy keyboard
glockenspiel: glockenspiels | orchestra bells / small metal bars struck
music box: musical box | wind-up music box / clockwork chimes
vibraphone: vibes | jazz vibraphone / vibraharp
marimba: marimbas | wooden mallets / low wooden bars
xylophone: xylophones / bright wooden bars
tubular bells: church bells | chimes | bells tolling / big bell
dulcimer: hammered dulcimer | cimbalom / struck strings
electric organ: hammond organ | hammond | rock organ | organ / drawbar organ
church organ: pipe organ | organ / organ pipes
accordion: accordions | squeezebox | bandoneon / concertina
harmonica: blues harp | mouth organ / harp blown by mouth
classical guitar: nylon guitar | nylon string guitar | spanish guitar / gut-string guitar
acoustic guitar: steel string guitar | acoustic guitars | folk guitar / strummed guitar
jazz guitar: hollow body guitar | archtop guitar / clean mellow guitar
clean electric guitar: clean guitar | electric guitar / undistorted electric
electric guitar: electric guitars | overdriven guitar | lead guitar / amplified guitar
distorted guitar: distorted electric guitar | heavy guitars | guitar distortion | fuzzy guitar / guitar riffs with lots of gain
upright bass: double bass | acoustic bass | walking bass / contrabass plucked
electric bass: bass guitar | bass | fingered bass / four-string electric
slap bass: slapped bass | funk bass / popping bass
synth bass: bass synth | electronic bass / low synthesizer line
violin: violins | violin solo | solo violin | violin music | violin melody | violinist / stradivarius
viola: violas | solo viola / alto of the strings
cello: cellos | solo cello | violoncello | cello music | cello melody | cellist / low bowed solo
double bass: contrabass | bowed bass / orchestra basses
tremolo strings: tremolo violins | shivering strings / trembling bows
pizzicato strings: pizzicato | plucked strings / strings plucked with fingers
harp: concert harp | harps | harp melody | plucked harp / harpist
timpani: kettle drums | orchestral drums / kettledrum
strings: string section | string ensemble | violins and cellos | bowed strings | violins | orchestra strings | string instruments | a string section / bowed instruments
synth strings: string synth | string machine / artificial strings
choir: choir voices | chorus | choral voices | singing choir | choir vocals | voices in harmony | choral / many voices
trumpet: trumpets | trumpet solo | solo trumpet / bugle
trombone: trombones | trombone solo / slide brass
tuba: tubas | low brass / sousaphone
muted trumpet: trumpet with mute | harmon mute trumpet / trumpet with something in its bell
french horn: french horns | horn | horns / hunting horn
brass: brass section | brass instruments | horn section / blown metal instruments
synth brass: synthesized brass | 80s synth brass / fake horns
saxophone: sax | tenor sax | alto saxophone | sax solo / tenor horn player
oboe: oboes | oboe solo / double-reed solo
english horn: cor anglais / alto oboe
bassoon: bassoons | bassoon solo / low double reed
clarinet: clarinets | clarinet solo / single-reed woodwind
piccolo: piccolo flute / tiny high flute
flute: flutes | flute solo | solo flute | transverse flute | flute music | flute melody | flutist / flautist
recorder: wooden recorder | block flute / school flute
pan flute: panpipes | pan pipes / andean pipes
whistle: tin whistle | whistling / someone whistling
ocarina: ocarinas | clay flute / sweet potato flute
square wave lead: square lead | square wave synth | 8-bit lead | pulse wave / bleepy lead
saw lead: sawtooth lead | sawtooth synth | saw synth / buzzing synth
synth lead: lead synth | synthesizer lead | synth solo / electronic melody
synth pad: pad | synth pads | warm pad | synthesizer pad / sustained synth chords
space voice: synth voice | vocoder choir / unearthly vowels
bell synth: crystal synth | synth bells / glassy synth
sitar: sitars | indian sitar / ravi's instrument
banjo: banjos | five-string banjo / bluegrass picker
shamisen: japanese lute / three-stringed lute
koto: japanese zither / zither from Japan
kalimba: thumb piano | mbira / plucked tines
bagpipes: bagpipe | scottish pipes / highland piper
fiddle: folk fiddle | country fiddle / hoedown violin
shehnai: indian oboe / reed from India
steel drums: steel pan | steel drum / pans from Trinidad
guitar: guitars | guitar music | guitar playing | guitar melody | a guitar | guitarist | guitar sound / six strings
woodwinds: woodwind instruments | winds | woodwind / reeds and flutes
organ: organ music | organs | organ sound | an organ / manual and pedals
synthesizer: synth | synths | synthesizers | synth sounds | electronic keyboard | analog synth | synth melody / keyboard electronics
bass: bass line | bassline / low end
mallets: mallet percussion | mallet instruments / struck bars
bells: bell sounds | ringing bells / chiming
drums: drum kit | drum set | drum beat | drummer | percussion | drums playing | drumming | beat | drum machine | rhythm section | beats | strong beat / someone on the kit | drum groove
no drums: without drums | no percussion | drumless / no beat at all
fast: fast tempo | quick | up-tempo | fast music | quick tempo | high speed | fast paced | fast rhythm / rapid
slow: slow tempo | slow music | unhurried | slowly | slow tempo music | slow paced | very slow / sluggish
""")

MOODS = _parse("""
calm: relaxing | soothing | tranquil | quiet | calming | peaceful and calm | quiet and calm | restful | gentle | soft / gentle on the nerves | placid
romantic: tender | loving | romantic mood / for a candlelit dinner
sad: melancholic | sorrowful | mournful | melancholy | sad music | gloomy and sad | depressing | sorrow / heartbroken | tearful
happy: cheerful | joyful | upbeat | bright | happy music | joyous | positive | good mood / sunny | merry
playful: quirky | whimsical | fun / mischievous
sleepy: drowsy | lulling / before falling asleep
elegant: graceful | refined / stately
dramatic: intense | stirring / full of drama
majestic: grand | noble | triumphant / regal
epic: heroic | powerful | epic music | grandiose | battle | heroic and epic / larger than life
tense: suspenseful | nervous | anxious | tension | danger | threatening | uneasy / on edge
dark: gloomy | ominous | sinister | dark music | dark mood | black | evil | menacing / shadowy
scary: creepy | eerie | spooky | horror | frightful | haunted | scary music / frightening
solemn: serious | reverent / grave
peaceful: serene | restful | peaceful music | quiet and peaceful | harmonious / at peace
dreamy: ethereal | hazy | dreamlike | cosmic | spacey / floating
warm: cozy | friendly / heartwarming
passionate: fiery | ardent / full of fire
lively: animated | spirited | bouncy / full of life
energetic: high-energy | driving | exciting | powerful | energetic music | dynamic | fast and energetic | pumping | action music | intense / full of energy
aggressive: angry | brutal | furious | hard | heavy | fierce | intense and aggressive | raging / violent
relaxed: laid-back | chilled | mellow | easygoing | relaxing music | chillout | chill | easy | laid back / unwinding
groovy: grooving | rhythmic / makes you nod
upbeat: uplifting | feel-good / optimistic
hypnotic: repetitive | trance-like / mesmerising
nostalgic: retro | wistful / remembering old days
""")

TEACHER_CONCEPTS: dict[str, tuple[str, ...]] = {
    "guitar": ("guitar",), "classical": ("classical", "classic"), "slow": ("slow",), "techno": ("techno",),
    "strings": ("strings",), "drums": ("drums", "beat", "beats"), "electronic": ("electronic", "electronica", "electro"),
    "rock": ("rock",), "fast": ("fast",), "piano": ("piano",), "ambient": ("ambient",), "violin": ("violin",),
    "vocal": ("vocal", "vocals", "singing", "voice"), "synthesizer": ("synth",),
    "female vocal": ("female", "woman", "female vocal", "female voice", "female vocalists", "female vocalist"),
    "male vocal": ("male", "man", "male vocal", "male voice", "male vocalists"), "indian": ("indian",),
    "opera": ("opera",), "instrumental": ("no vocals", "no vocal", "no voice", "instrumental"),
    "harpsichord": ("harpsichord",), "loud": ("loud",), "quiet": ("quiet", "soft"), "flute": ("flute",),
    "pop": ("pop",), "sitar": ("sitar",), "solo": ("solo",), "choir": ("choir", "choral"), "new age": ("new age",),
    "dance": ("dance",), "harp": ("harp",), "cello": ("cello",), "weird": ("weird",), "country": ("country",),
    "metal": ("metal", "heavy metal"), "alternative": ("alternative", "alternative rock"),
    "indie": ("indie", "indie rock", "indie pop"), "jazz": ("jazz",), "beautiful": ("beautiful",),
    "relaxed": ("chillout", "Mellow", "chill", "easy listening"), "classic rock": ("classic rock",), "soul": ("soul",),
    "80s": ("80s",), "folk": ("folk",), "punk rock": ("punk",), "oldies": ("oldies", "60s"), "blues": ("blues",),
    "hard rock": ("hard rock",), "acoustic": ("acoustic",), "experimental": ("experimental",), "hip hop": ("Hip-Hop",),
    "party": ("party",), "sexy": ("sexy",), "catchy": ("catchy",), "funk": ("funk",),
    "progressive rock": ("Progressive rock",), "rnb": ("rnb",), "sad": ("sad",), "house": ("House",), "happy": ("happy",),
    "70s": ("70s",), "90s": ("90s",),
}
"""Concepts that the teachers' tags speak of: the mean of the named tags' standardised logits."""

TEACHER_ONLY = _parse("""
female vocal: female voice | woman singing | female singer | a woman sings | girl singing | female vocals | a woman's voice | girl singer | female vocalist | song by a woman / soprano | sung by a woman
male vocal: male voice | man singing | male singer | a man sings | male vocals | a man's voice | male vocalist | song by a man / baritone | sung by a man
opera: opera singing | opera aria | operatic voice / la scala
instrumental: no vocals | without vocals | no singing | instrumental music | purely instrumental | without singing | no voice | instruments only / nobody sings
loud: loud music | noisy | very loud | loud and heavy | blasting / at full volume
quiet: soft | soft music | quiet music | very quiet | soft and quiet | silent | delicate | hushed / barely audible
weird: strange | odd music | bizarre | strange sounds | unusual | odd | surreal / not of this world
alternative: alternative rock | alternative music | grunge / college radio
indie: indie rock | indie pop | independent band / small label band
beautiful: lovely | pretty | beautiful music | lovely melody | beautiful melody / gorgeous
classic rock: 70s rock | oldies rock / stadium rock of the seventies
oldies: 60s music | sixties | golden oldies / from your grandparents' radio
hard rock: hard rock guitars | loud rock / arena rock
experimental: avant-garde | noise music | experimental music | abstract sounds | sound art / unconventional sounds
party: party music | music for a party / everyone dancing
sexy: sensual | seductive / for the bedroom
catchy: catchy tune | memorable hook / earworm
progressive rock: prog rock | progressive / long complex rock suite
rnb: r&b | rhythm and blues / contemporary soul
70s: seventies music | 70s music / from the 1970s
90s: nineties music | 90s music / from the 1990s
""")

ALL: dict[str, Phrases] = {**BROAD, **INSTRUMENTS, **MOODS, **TEACHER_ONLY, **GENRES}


def set_aside_for_validation() -> None:
    """Replaces the held-out phrases by every fourth training phrase, so that choices never see the former."""
    for concept, said in ALL.items():
        own, rest = said.train[0], said.train[1:]
        aside = rest[1::4]
        ALL[concept] = Phrases((own, *(phrase for phrase in rest if phrase not in aside)), aside)
