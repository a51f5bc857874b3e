# ruff: noqa: RUF001  # the dashes that people and word processors put are the point
"""Notes that nobody has shown the importer, each of another shape, and what they say."""

from dataclasses import dataclass, field

Row = tuple[str, str, str, str]
"""Start, title, slides and pages of a segment, the last two as a plan has them or empty."""


@dataclass(frozen=True)
class Shape:
    """Notes, and the sessions they hold: the title of each, its segments, and its end where the notes give one."""

    name: str
    text: str
    sessions: dict[str, list[Row]]
    breaks: tuple[str, ...] = ()
    ends: dict[str, str] = field(default_factory=dict)


SHAPES = (
    Shape(
        name="every way to write a time",
        text="""\
Giving feedback

9.30 Welcome
9:45am Ground rules
10.15 a.m. Models
1045 Coffee
11.00 Pairs work
12 noon Plenary
12.30 Lunch
1.15 Round two
2pm Round three
2.45 pm Tea break
3.00 Review
""",
        sessions={
            "Giving feedback": [
                ("09:30", "Welcome", "", ""),
                ("09:45", "Ground rules", "", ""),
                ("10:15", "Models", "", ""),
                ("10:45", "Coffee", "", ""),
                ("11:00", "Pairs work", "", ""),
                ("12:00", "Plenary", "", ""),
                ("12:30", "Lunch", "", ""),
                ("13:15", "Round two", "", ""),
                ("14:00", "Round three", "", ""),
                ("14:45", "Tea break", "", ""),
                ("15:00", "Review", "", ""),
            ]
        },
        breaks=("Coffee", "Lunch", "Tea break"),
    ),
    Shape(
        name="ranges, lengths in brackets, an end, Windows line ends",
        text="""\
Day 1\r
\r
09.30-10.15: Hello (slides 1-3)\r
10.15 – 10.30 Comfort break\r
10.30 to 11.45 What is trust? [75]\r
\tSee workbook p4 and pp. 6, 7\r
11.45 Close (15 mins)\r
12.00 Finish\r
\r
Day 2\r
\r
13:05 - 14:00 Recap, slide3\r
14:00 Practice rounds 1 hr 15\r
""",
        sessions={
            "Day 1": [
                ("09:30", "Hello", "1-3", ""),
                ("10:15", "Comfort break", "", ""),
                ("10:30", "What is trust?", "", "4, 6, 7"),
                ("11:45", "Close", "", ""),
            ],
            "Day 2": [("13:05", "Recap", "3", ""), ("14:00", "Practice rounds", "", "")],
        },
        breaks=("Comfort break",),
        ends={"Day 1": "12:00", "Day 2": "15:15"},
    ),
    Shape(
        name="a Markdown table under a heading",
        text="""\
# Coaching skills

| Time        | Topic                  | Method     | Slides  | Workbook | Mins |
|-------------|:----------------------:|------------|---------|----------|-----:|
| 9.00-9.20   | **Arrivals** & intros  | Plenary    | 1       |          | 20   |
| 9.20        | What is coaching?      | Brainstorm | 2-4, 6  | 3        | 40   |
|             | Remember the flip chart|            |         |          |      |
| 10.00       | Tea                    |            |         |          | 15   |
| 10.15       | GROW, in threes        | Practice   | 7 and 8 | 5–6      | 60   |

Afterwards: send the slides.
""",
        sessions={
            "Coaching skills": [
                ("09:00", "Arrivals & intros", "1", ""),
                ("09:20", "What is coaching?", "2-4, 6", "3"),
                ("10:00", "Tea", "", ""),
                ("10:15", "GROW, in threes", "7, 8", "5-6"),
            ]
        },
        breaks=("Tea",),
        ends={"Coaching skills": "11:15"},
    ),
    Shape(
        name="a table with tabs and military times",
        text="Time\tTopic\tHow\tPPT\n0930\tHello\tround\t1\n1000\tTheory X and Y\tinput\t2-5\n1045\tBreak\n1100\tExercise\tin pairs\t\n1200\tEnd\n",
        sessions={
            "Feedback notes": [
                ("09:30", "Hello", "1", ""),
                ("10:00", "Theory X and Y", "2-5", ""),
                ("10:45", "Break", "", ""),
                ("11:00", "Exercise", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Feedback notes": "12:00"},
    ),
    Shape(
        name="titles on the line below, two sessions on one day",
        text="""\
Session 1: Getting started

09:30
Welcome
Say hello. Then see slide
3 for the model.

09:50 –
Big picture
10.20
Coffee

Session 2: Feedback
10:35 Q&A
11.20 Close
""",
        sessions={
            "Session 1: Getting started": [
                ("09:30", "Welcome", "3", ""),
                ("09:50", "Big picture", "", ""),
                ("10:20", "Coffee", "", ""),
            ],
            "Session 2: Feedback": [("10:35", "Q&A", "", "")],
        },
        breaks=("Coffee",),
        ends={"Session 2: Feedback": "11:20"},
    ),
    Shape(
        name="Markdown headings with the time at their end",
        text="""\
# Module 4: Delegation

## Opening (9.30 – 9.50)
Ask for one example each.

## Levels of delegation (9.50 – 10.30)
* slides 6–9 and 12
* ppt 14

## Break (10.30-10.45)

## Try it (10.45 – 11.30)
""",
        sessions={
            "Module 4: Delegation": [
                ("09:30", "Opening", "", ""),
                ("09:50", "Levels of delegation", "6-9, 12, 14", ""),
                ("10:30", "Break", "", ""),
                ("10:45", "Try it", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Module 4: Delegation": "11:30"},
    ),
    Shape(
        name="bold times in bullets",
        text="""\
Notes for Session C

- **9.30** Start
- **9.45 – 10.30** *Difficult people* (p. 12)
- **10.30** Tea & coffee
- **10.45** Your own case, workbook pages 13,14
""",
        sessions={
            "Session C": [
                ("09:30", "Start", "", ""),
                ("09:45", "Difficult people", "", "12"),
                ("10:30", "Tea & coffee", "", ""),
                ("10:45", "Your own case", "", "13, 14"),
            ]
        },
        breaks=("Tea & coffee",),
    ),
    Shape(
        name="numbers that look like times and are none",
        text="""\
Planning morning

9.30 The unit
1.2 criterion: role of the manager
2.10 Explain how to plan
version 2.15
3.5 hours of guided learning
10. Ask everyone
slide 10.
1.30 hours at most
10.00 The plan
12.03.2026 is the deadline
50:50 split, 2.25 million
10.45 Close
2015 was the year of the report
""",
        sessions={
            "Planning morning": [
                ("09:30", "The unit", "10", ""),
                ("10:00", "The plan", "", ""),
                ("10:45", "Close", "", ""),
            ]
        },
    ),
    Shape(
        name="one time runs backwards",
        text="""\
Team day
9.30 Welcome
10.00 Roles
9.45 is when the caterer rings
10.30 Break
10.45 Plans
""",
        sessions={
            "Team day": [
                ("09:30", "Welcome", "", ""),
                ("10:00", "Roles", "", ""),
                ("10:30", "Break", "", ""),
                ("10:45", "Plans", "", ""),
            ]
        },
        breaks=("Break",),
    ),
    Shape(
        name="two mornings without a heading between them",
        text="""\
Leading change

9.30 Why change
10.30 Break
10.45 Kotter
12.15 Home task

9.30 How it went
10.15 Resistance
11.30 Evaluation
""",
        sessions={
            "Leading change": [
                ("09:30", "Why change", "", ""),
                ("10:30", "Break", "", ""),
                ("10:45", "Kotter", "", ""),
                ("12:15", "Home task", "", ""),
            ],
            "Session 2": [
                ("09:30", "How it went", "", ""),
                ("10:15", "Resistance", "", ""),
                ("11:30", "Evaluation", "", ""),
            ],
        },
        breaks=("Break",),
    ),
    Shape(
        name="an overview first, then the same times in full",
        text="""\
Managing stress
9.30 Welcome
9.45 Signs
10.30 Break
10.45 Plans

In detail

9.30 Welcome
Each says how they are. pp 2-3
9.45 Signs
Slide 4, then 12,13 of workbook
10.30 Break
10.45 Plans
Option: breathing exercise (5 mins), slide 9
""",
        sessions={
            "Managing stress": [
                ("09:30", "Welcome", "", "2-3"),
                ("09:45", "Signs", "4", "12, 13"),
                ("10:30", "Break", "", ""),
                ("10:45", "Plans", "", ""),
            ]
        },
        breaks=("Break",),
    ),
    Shape(
        name="lengths and no times",
        text="""\
Workshop on trust
Start: 1pm
1. Welcome (10 mins)
   - names
2. What is trust? - 30 minutes
   slide 3
3. Tea [15]
4. Exercise 1 hr 15
""",
        sessions={
            "Workshop on trust": [
                ("13:00", "Welcome", "", ""),
                ("13:10", "What is trust?", "3", ""),
                ("13:40", "Tea", "", ""),
                ("13:55", "Exercise", "", ""),
            ]
        },
        breaks=("Tea",),
        ends={"Workshop on trust": "15:10"},
    ),
    Shape(
        name="morning and afternoon, in other scripts and with a byte order mark",
        text="""\
\ufeffMORNING

9.30 Größe & Maß
20' talk, slide 2
10.30 管理者的作用
p. 5

AFTERNOON

1.15 مرحبا [red]x[/]
2.30 🧑‍🏫 Review
3

""",
        sessions={
            "Feedback notes": [
                ("09:30", "Größe & Maß", "2", ""),
                ("10:30", "管理者的作用", "", "5"),
                ("13:15", "مرحبا [red]x[/]", "", ""),
                ("14:30", "🧑‍🏫 Review", "", ""),
            ],
        },
    ),
    Shape(
        name="a span for the whole, word-first end, a numbered outline",
        text="""\
Induction for new managers
Room 4, 9.30 - 12.30

1. Welcome: 9.30 - 9.45
2. Policies (9.45-10.30), pages 4,5
3. Break (10.30-10.45)
4. Questions (10.45-11.30)
Finish at 11.30
""",
        sessions={
            "Induction for new managers": [
                ("09:30", "Welcome", "", ""),
                ("09:45", "Policies", "", "4, 5"),
                ("10:30", "Break", "", ""),
                ("10:45", "Questions", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Induction for new managers": "11:30"},
    ),
    Shape(
        name="Notion with boxes to tick and pictures before the times",
        text="""\
# 🎓 Coaching

> Prep: print handouts, cost £9.30 each

- [ ] Book room

## ⏰ 09:00 👋 Arrivals

- [ ] Ice breaker

## ☕ 10:30 Break

## 🗣️ 10:45 Trios, slides 4–11

12:30 End
Bring the lead back.
""",
        sessions={
            "🎓 Coaching": [
                ("09:00", "👋 Arrivals", "", ""),
                ("10:30", "Break", "", ""),
                ("10:45", "Trios", "4-11", ""),
            ]
        },
        breaks=("Break",),
        ends={"🎓 Coaching": "12:30"},
    ),
    Shape(
        name="quoted in an answer to a mail",
        text="""\
From: Jo Bloggs
Sent: 11 November 2026 16:42
Subject: RE: FW: Time management

Yes, that works.

> On 10 Nov 2026, at 14:05, Pat wrote:
> 9.30 Welcome
> 9.50 Where does my time go? (p3)
> > 50% of it goes on mail
> 11.00 Break
> 11.20 Saying no
> 12.30 Finish
>> Could you send me an outline?
""",
        sessions={
            "Time management": [
                ("09:30", "Welcome", "", ""),
                ("09:50", "Where does my time go?", "", "3"),
                ("11:00", "Break", "", ""),
                ("11:20", "Saying no", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Time management": "12:30"},
    ),
    Shape(
        name="read by a scanner, letters for figures",
        text="""\
Feedback
O9:3O Hello
1O.I5 Models, slide 2
II.OO is what nobody means
12 . 00 Review
""",
        sessions={
            "Feedback": [
                ("09:30", "Hello", "", ""),
                ("10:15", "Models", "2", ""),
                ("12:00", "Review", "", ""),
            ]
        },
    ),
    Shape(
        name="whole hours and a day of the week",
        text="""\
Mon 9-10 Welcome
10-10:45 Rapport
10:45-11 Break
11-1 Questions
2-3 people stay behind
1-2 Close
""",
        sessions={
            "Feedback notes": [
                ("09:00", "Welcome", "", ""),
                ("10:00", "Rapport", "", ""),
                ("10:45", "Break", "", ""),
                ("11:00", "Questions", "", ""),
                ("13:00", "Close", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Feedback notes": "14:00"},
    ),
    Shape(
        name="a numbered list with lengths inside, and a start in its title",
        text="""\
Assertiveness (half a day, start 1.30pm)
1. Welcome (10)
2. What is it? (25 mins) slides 3 to 8
3. Break [15]
4. DESC script - 30 min - handout 2
5. In threes (3 x 10 mins)
   1. One speaks
6. Close 10m
""",
        sessions={
            "Assertiveness (half a day, start 1.30pm)": [
                ("13:30", "Welcome", "", ""),
                ("13:40", "What is it?", "3-8", ""),
                ("14:05", "Break", "", ""),
                ("14:20", "DESC script - 30 min - handout 2", "", ""),
                ("14:50", "In threes (3 x 10 mins)", "", ""),
                ("15:20", "Close", "", ""),
            ]
        },
        breaks=("Break",),
        ends={"Assertiveness (half a day, start 1.30pm)": "15:30"},
    ),
    Shape(
        name="one column for slides and pages",
        text="""\
Service
| Time | Topic | Slides / pages |
| --- | --- | --- |
| 9.30 Uhr | Hello | 1-2 |
| 9.45 | Models | p4 |
| | Moments of truth | 3 |
| 10.30 | Review | wb p12 |
""",
        sessions={
            "Service": [
                ("09:30", "Hello", "1-2", ""),
                ("09:45", "Models", "3", "4"),
                ("10:30", "Review", "", "12"),
            ]
        },
    ),
    Shape(
        name="in haste: a frame for the whole, about, sharp and -ish",
        text="""\
PM workshop
Start 9.30am, finish 12.30pm; coffee 11ish

0930 - intro (JB)
c. 9.45 pyramid - slide 3 + groups (20-25 min)
~10.15: best practice — wkbk 4&5
10.40am-ish AMO
11ish COFFEE
11.15 sharp! Behaviours
[11:40] Styles (slides 6 – 9; then 10 to 14)
""",
        sessions={
            "PM workshop": [
                ("09:30", "intro (JB)", "", ""),
                ("09:45", "pyramid - slide 3 + groups", "3", ""),
                ("10:15", "best practice", "", "4, 5"),
                ("10:40", "AMO", "", ""),
                ("11:00", "COFFEE", "", ""),
                ("11:15", "Behaviours", "", ""),
                ("11:40", "Styles", "6-9, 10-14", ""),
            ]
        },
        breaks=("COFFEE",),
        ends={"PM workshop": "12:30"},
    ),
    Shape(
        name="a college's form: particulars in a table, then what tutor and learners do",
        text="""\
SESSION PLAN

| Course: | Level 3 Feedback | Tutor: | P. Sample |
| Date: | 12/11/2026 | Time: | 9.30 – 12.30 |

| Time | Tutor activity | Learner activity | Resources |
| --- | --- | --- | --- |
| 9.30 | Welcome, aims | Say who they are | PPT 1-2 |
| 9.45 – 10.45 | Explain models (wkbk p.4) | Listen | PPT 3-8 |
| | Show DVD clip | Watch | DVD |
| 10.45 | BREAK | | |
| 11:00 | Debrief | Share | |
| 12.30 | Finish | | |
""",
        sessions={
            "Level 3 Feedback": [
                ("09:30", "Welcome, aims", "1-2", ""),
                ("09:45", "Explain models", "3-8", "4"),
                ("10:45", "BREAK", "", ""),
                ("11:00", "Debrief", "", ""),
            ]
        },
        breaks=("BREAK",),
        ends={"Level 3 Feedback": "12:30"},
    ),
)
