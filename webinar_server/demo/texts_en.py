"""What the demo's audience says in English. Slots: {city}, {organisation}, {first}, {host}, {topic}."""

from webinar_server.demo.script import Texts

_TOPICS = """
depot charging
grid congestion
megawatt charging
shared e-cargo bikes
vehicle-to-grid
zero-emission zones
mobility hubs
electric school buses
battery second life
drayage trucks
plug-and-charge
open charging data
driver training
curb management
"""

_HELLOS = """
Good morning from {city}!
Hi all, {first} here, {organisation}.
Hello from {city}. Early here, but the coffee is ready.
Good afternoon, or good morning: {city} checking in.
Greetings from {organisation} in {city}.
Hi everyone, great to see so many people from both sides of the ocean.
Hello! First coffee, then charging.
Good to be back after yesterday's session. Hello from {city}.
Hi, {city} here. Sound and picture are fine.
Hello all, looking forward to the part about {topic}.
{city} says hi!
Hi there, joining with two colleagues from {organisation}.
"""

_REMARKS = """
That is a good point about {topic}.
We are starting with {topic} next spring, so this is very timely.
Is anyone else here working on {topic}?
The slide with the cost breakdown: could that be shared afterwards?
In our region {topic} is still a discussion of pilots, sadly.
Agree. The hardware is not the problem any more, the waiting time is.
We had exactly the same experience with {topic}.
Drivers decide in the end. Ask them early.
For us {topic} only worked once the utility was at the table from day one.
Interesting that the Dutch numbers per charger are that much higher than ours.
We measured 68 percent utilization on our depot last winter. Happy to share.
What a difference a standard contract makes.
That photo of the yard says everything.
I would love to visit that site one day.
Our council approved the plan for {topic} last week, so I am taking notes.
Small fleets get forgotten in this. Thanks for mentioning them.
The maintenance side of {topic} deserves a session of its own.
We tried that in {city} and the neighbors were happier than we expected.
And do not forget winter range.
The permit took longer than the building. Every time.
Could the speaker say a bit more about {topic}?
The numbers match ours in {city}.
Love the honesty about what did not work.
If somebody wants to compare notes on {topic}: write to me after the session.
We have an apprentice program for technicians, always looking for partners.
The question of who pays for the transformer comes back every single time.
Utilities move at the speed of utilities.
Load sharing between neighbors: why is that still so rare?
For schools {topic} is mostly a matter of planning the routes.
Nice to see cities and companies on one slide for once.
Quick note from {city}: our tender for {topic} opens in January.
Resilience matters too. We had three outages this summer.
That is the first time I see real numbers on {topic}. Thank you.
I was skeptical about {topic} two years ago. Not any more.
Please more of these practical examples.
Would that also work with a leased fleet?
The second-hand market will decide how fast this goes.
Our drivers were the best ambassadors in the end.
Does the 20 minutes include driving in and out?
Roaming between networks is still a mess over here.
One contact person at the utility saved us a year.
Writing that down: start with the parking, not with the charger.
Good sound, good pace. Thanks to the organizers.
Cost per mile is what our members ask for first.
The Dutch way of putting bikes first is refreshing to hear in {city}.
Equity should be in the design, not in the appendix.
We would join a follow-up about {topic}.
Open data would save all of us so much time here.
Same in {city}: the grid is the bottleneck, not the money.
How about insurance? Ours asked very odd questions.
Very clear explanation, thank you.
Fun fact: our oldest electric bus just passed 400,000 miles.
Taking this straight to my team meeting this afternoon.
The business case flips as soon as you charge at night.
I hear the same about {topic} from our members.
"""

_THREADS = """
Does anyone have an example contract for {topic}?
> We have one at {organisation}, without names. I can send it.
> Yes please, that would help us too.
> Good, I will collect it after the session.

Who is going to the site visit tomorrow?
> I am! Bringing two colleagues.
> Sadly not, time zones. Is it recorded?
> I heard it will be.

Is 350 kW enough for trucks during the break, or do we really need a megawatt?
> Depends on the break. With 45 minutes 350 is tight but it works for regional trips.
> For long haul we would not go below 700.
> Thanks, that helps.

Which utility gave you that lead time? We were told 30 months.
> 14 months, but we shared a connection with the neighbor.
> Sharing is allowed there? Interesting.

Looking for a partner for a pilot with {topic}, preferably a city.
> {city} might be interested. Let's talk.
> Great, I will find you in the list of people.

How do you keep cables from being stolen?
> Cameras, and lockers for the cables. Solved 90 percent.
> We use tethered aluminum cables now, nobody wants those.

What do your drivers think of it?
> At first: no. After two weeks: never back to diesel.
> Same here. It is the silence.

Can you recommend reading about {topic}?
> The open report that {organisation} published in June is very practical.
> Found it, thanks!
"""

_QUESTIONS = """
How did you get the grid operator to the table before the site was chosen?
What would you do differently if you built the depot again today?
How do small transport companies with three trucks get access to shared charging hubs?
Which part of the Dutch approach to shared mobility would work in California tomorrow, and which would not?
Who owns the data from public chargers, and can cities use it for planning?
Is vehicle-to-grid already paying for itself with school buses?
How do you train enough technicians? We lose ours to the utilities.
What happens to the batteries of the first generation of buses?
How do you price charging in a way that is fair to people without a driveway?
Could a bilateral pilot start with one corridor and one standard on each side?
What uptime do you require from operators, and how do you check it?
Do zero-emission zones push older trucks into the neighborhoods around them?
How important was the subsidy really? Would it have happened without?
Which standards for megawatt charging should we write into a tender now?
How do you combine solar, batteries and truck charging behind one meter?
What is the smallest mobility hub that still works?
Are there lessons from shore power for ships that apply to truck depots?
How do you involve people living next to a charging yard?
What did the drivers' unions ask for, and what did you agree on?
Can we see the cost per kilometer including the grid connection?
How do you plan for wildfire season and power shutoffs?
What is the best first project for a Dutch company in California?
"""

_THANKS_FOR_GREETING = """
Thank you {host}, good to be here!
Thanks for the warm welcome, {host}.
Thank you! Nice to be welcomed by name.
Hi {host}, thanks. You even said it right!
Thanks {host}, greetings from {city}.
"""

_THANKS_FOR_SPOTLIGHT = """
Thank you for taking my question!
Oh, that is mine. Thanks!
Great, curious to hear your view.
"""

_THANKS_FOR_ANSWER = """
Thanks, that is exactly what I wanted to know. Happy to continue afterwards.
Very helpful answer, thank you. Find me in the list if you work on this too.
Thanks for the clear answer. We will try that in {city}.
Thank you, that helps us a lot at {organisation}.
"""

_GOOD_QUESTION = """
Good question!
Great question, we were wondering the same.
Oh, I would like to know that too.
Thanks for asking that.
Exactly the question.
Good one. Curious about the answer.
"""

_ABOUT_POLL = """
Hard to choose!
I would have liked to pick two.
Curious about the result.
Voted.
Surprising result.
"""

TEXTS = Texts.of(
    topics=_TOPICS,
    hellos=_HELLOS,
    remarks=_REMARKS,
    threads=_THREADS,
    questions=_QUESTIONS,
    thanks_for_greeting=_THANKS_FOR_GREETING,
    thanks_for_spotlight=_THANKS_FOR_SPOTLIGHT,
    thanks_for_answer=_THANKS_FOR_ANSWER,
    good_question=_GOOD_QUESTION,
    about_poll=_ABOUT_POLL,
)
