----------------------------- MODULE GetSetLock ----------------------------
(* The protocol "getset": the scripts getset-*.lua of lock-core, beside clients of the older
   algorithm (SETNX, GET, GETSET, DEL; "older clients"), on one key. See docs/getset.md.

   Time is the server's, in ticks of 1/TicksPerSecond seconds, until the Horizon. Values in
   Redis are whole seconds, and a lease begins anywhere within a second. Older clients go by
   their own clocks.

   A command of ours that was sent is executed never, once, or several times, at any later
   moment. What the older clients send is executed once, for they have no way to stand a
   repetition; what else they may do wrong is up to the constants.

   Broken names guards that are left out: each such model has to fail. See docs/model.md. *)

EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Ours,            \* applications with this library
  Older,           \* clients of the older algorithm
  None,            \* nobody, nothing
  Acquisitions,    \* how many owner tokens each of ours uses
  TicksPerSecond,
  Expire,          \* lease time of ours, in ticks
  OlderExpire,     \* lease time of the older clients, in seconds
  Ahead,           \* by how many seconds an older client's clock may be ahead
  Behind,          \* by how many seconds it may be behind
  Overruns,        \* whether an older client may work longer than its lease
  LateWrites,      \* whether time may pass from an older client's look at its clock to its GETSET
  Patience,        \* whether callers of ours wait, who have a timeout, or make one attempt
  Crashes,         \* how many clients may die
  Horizon,         \* when time ends
  Depth,           \* the longest behaviours that are looked at, in steps; 0: all
  Broken           \* guards that are left out

VARIABLES
  now,       \* the server's clock
  value,     \* the lock's key: the second at which it expires, or None
  vanishes,  \* when it vanishes by itself, or None
  companion, \* the companion's key
  net,       \* commands of ours that may be executed (again)
  client,    \* our clients
  older,     \* the older clients
  strict,    \* whether to the older clients a value equal to their clock is still held
  lenient,   \* whether to the older clients a lock that has gone is an expired one
  \* The rest only takes notes for the properties.
  won,       \* the latest end of a lease that anybody got, or of what an older loser wrote
  entered,   \* the highest fencing token somebody has entered with
  shut,      \* tokens for which a release has been executed
  bad        \* names of properties that a step has violated

vars == <<now, value, vanishes, companion, net, client, older, strict, lenient, won, entered, shut, bad>>

Symmetry == Permutations(Ours) \cup Permutations(Older)

Intact(guard) == guard \notin Broken

Max(a, b) == IF a > b THEN a ELSE b

Situations == 1..16
ASSUME \A i \in Situations : TLCSet(i, FALSE)
Reached(i, name, condition) ==
  IF condition /\ ~TLCGet(i) THEN TLCSet(i, TRUE) /\ PrintT("Reached: " \o name) ELSE TRUE

\* The first second; earlier clocks have room below it.
Start == 3 * TicksPerSecond

Seconds == now \div TicksPerSecond
Up(ticks) == (ticks + TicksPerSecond - 1) \div TicksPerSecond

-----------------------------------------------------------------------------
(* The scripts, on the server's clock. *)

\* getset-common.lua
Lasts == companion.value # None /\ Seconds < companion.value
Owned(token) ==
  /\ companion.token = token /\ value # None
  /\ value = companion.value \/ (Lasts /\ Intact("owned: lease lasts"))
Leased(token) == companion.token # None /\ companion.token # token /\ Lasts

WantedEnd(token) ==
  LET wanted == Up(now + Expire)
  IN IF Owned(token) THEN Max(wanted, Max(value, companion.value)) ELSE wanted

Written(token, target, fence) == [companion EXCEPT !.token = token, !.value = target, !.fence = fence]

Closed(c, token, outcome) == [c EXCEPT !.closed[token[1]] = [number |-> token[2], outcome |-> outcome]]

IsClosed(token) == token[2] <= companion.closed[token[1]].number

\* What a script leaves: the lock, the companion, the answer.
Result(v, c, answer, number) == [value |-> v, companion |-> c, answer |-> answer, number |-> number]

\* getset-acquire.lua. A fencing token has to outgrow the clock, too, in case the companion
\* was lost; here it is not.
Acquire(token, patient) ==
  LET isFree == value = None \/ value < Seconds
                  \/ (value = Seconds /\ ~Intact("acquire: the second after"))
      target == WantedEnd(token)
  IN IF IsClosed(token) /\ Intact("acquire: receipt")
     THEN Result(value, companion, "CLOSED", 0)
     ELSE IF Owned(token)
     THEN Result(target, Written(token, target, companion.fence), "GRANTED", companion.fence)
     ELSE IF isFree /\ ~(Leased(token) /\ Intact("acquire: lease of ours"))
     THEN LET fence == IF Intact("acquire: fencing token") THEN companion.fence + 1 ELSE 1
          IN Result(target, Written(token, target, fence), "GRANTED", fence)
     ELSE Result(IF Intact("acquire: loser writes nothing") \/ value = None THEN value ELSE target,
                 IF patient THEN companion ELSE Closed(companion, token, "released"), "HELD", 0)

\* getset-release.lua
Release(token) ==
  LET receipt == companion.closed[token[1]]
      left == IF companion.token = token THEN [companion EXCEPT !.token = None, !.value = None] ELSE companion
      owned == Owned(token) \/ ~Intact("release: owner")
  IN IF token[2] < receipt.number \/ (token[2] = receipt.number /\ receipt.outcome = "released")
     THEN Result(value, companion, "ALREADY_CLOSED", 0)
     ELSE IF token[2] = receipt.number
     THEN Result(value, companion, "NOT_OWNED", 0)
     ELSE Result(IF owned THEN None ELSE value,
                 Closed(left, token, IF owned THEN "released" ELSE "lost"),
                 IF owned THEN "RELEASED" ELSE "NOT_OWNED", 0)

\* getset-renew.lua
Renew(token) ==
  IF (Owned(token) /\ Lasts) \/ ~Intact("renew: owner")
  THEN LET target == WantedEnd(token)
       IN Result(target, Written(token, target, companion.fence), "RENEWED", 0)
  ELSE Result(value, companion, "NOT_OWNED", 0)

-----------------------------------------------------------------------------
(* Our clients: the engine, which asks again and again. *)

Idle == [pc |-> "idle", seq |-> 0, sent |-> 0, reply |-> None, until |-> 0, open |-> {}]

Current(p) == <<p, client[p].seq>>

\* isHeld(): by the client's own clock, which counts from before the command was sent.
Holds(p) == client[p].pc = "held" /\ now < client[p].until

Send(cmd, token, patient) ==
  {m \in net : m.cmd # cmd \/ m.token # token}
    \cup {[cmd |-> cmd, token |-> token, patient |-> patient,
          sent |-> IF cmd = "renew" THEN now ELSE 0]}

Elsewhere == UNCHANGED <<now, value, vanishes, companion, older, strict, lenient, won, shut>>

Ask(p) ==
  /\ client[p].pc = "idle" /\ client[p].seq < Acquisitions
  /\ \E patient \in Patience :
       /\ net' = Send("acquire", <<p, client[p].seq + 1>>, patient)
       /\ client' = [client EXCEPT ![p].pc = IF patient THEN "asking" ELSE "trying",
                                   ![p].seq = @ + 1, ![p].sent = now]
  /\ UNCHANGED <<entered, bad>> /\ Elsewhere

AskAgain(p) ==
  /\ client[p].pc \in {"asking", "waiting"}
  /\ net' = Send("acquire", Current(p), TRUE)
  /\ client' = [client EXCEPT ![p].pc = "asking", ![p].sent = now, ![p].reply = None]
  /\ UNCHANGED <<entered, bad>> /\ Elsewhere

Close(p) ==
  /\ client[p].pc \in {"asking", "trying", "waiting"} \/ Holds(p)
  /\ net' = Send("release", Current(p), TRUE)
  /\ client' = [client EXCEPT ![p].pc = "releasing", ![p].sent = 0, ![p].reply = None]
  /\ UNCHANGED <<entered, bad>> /\ Elsewhere

Receive(p) ==
  LET c == client[p]
      until == c.reply.lease + (IF Intact("lease: counted from before sending") THEN c.sent ELSE now)
  IN /\ c.pc \in {"asking", "trying"} /\ c.reply # None
     /\ Elsewhere
     /\ \/ /\ now < until
           /\ client' = [client EXCEPT ![p].pc = "held", ![p].until = until, ![p].sent = 0, ![p].reply = None]
           /\ entered' = Max(entered, c.reply.number)
           /\ bad' = IF c.reply.number > entered THEN bad ELSE bad \cup {"FencesIncrease"}
           /\ UNCHANGED net
           /\ Reached(1, "a lock was acquired", TRUE)
        \/ /\ now >= until
           /\ client' = [client EXCEPT ![p].pc = "releasing", ![p].sent = 0, ![p].reply = None]
           /\ net' = Send("release", Current(p), TRUE)
           /\ UNCHANGED <<entered, bad>>
           /\ Reached(2, "a lease that was over on arrival was given back", TRUE)

SendRenewal(p) ==
  /\ Holds(p)
  /\ net' = Send("renew", Current(p), TRUE)
  /\ UNCHANGED <<client, entered, bad>> /\ Elsewhere

\* Tokens that were lost, when their holder is done; releases that were not answered.
SendAgain(p) ==
  /\ \E n \in client[p].open \cup (IF client[p].pc = "releasing" THEN {client[p].seq} ELSE {}) :
       net' = Send("release", <<p, n>>, TRUE)
  /\ UNCHANGED <<client, entered, bad>> /\ Elsewhere

Run(m) ==
  CASE m.cmd = "acquire" -> Acquire(m.token, m.patient)
    [] m.cmd = "release" -> Release(m.token)
    [] m.cmd = "renew"   -> Renew(m.token)

Answered(m, done) ==
  LET c == client[m.token[1]]
      mine == c.seq = m.token[2]
  IN CASE m.cmd = "acquire" ->
            IF mine /\ c.pc \in {"asking", "trying"}
            THEN IF done.answer = "GRANTED"
                 THEN [c EXCEPT !.reply = [number |-> done.number, lease |-> done.value * TicksPerSecond - now]]
                 ELSE IF c.pc = "trying" \/ done.answer = "CLOSED"
                 THEN [c EXCEPT !.pc = "idle", !.sent = 0, !.reply = None]
                 ELSE [c EXCEPT !.pc = "waiting", !.sent = 0, !.reply = None]
            ELSE c
       [] m.cmd = "release" ->
            IF mine /\ c.pc = "releasing" THEN [c EXCEPT !.pc = "idle", !.until = 0]
            ELSE [c EXCEPT !.open = @ \ {m.token[2]}]
       [] m.cmd = "renew" ->
            IF ~(mine /\ Holds(m.token[1])) THEN c
            ELSE IF done.answer = "RENEWED" THEN [c EXCEPT !.until = Max(@, m.sent + Expire)]
            ELSE [c EXCEPT !.pc = "idle", !.until = 0, !.open = @ \cup {c.seq}]

Execute(m, answered) ==
  LET done == Run(m)
      p == m.token[1]
      writes == done.answer \in {"GRANTED", "RENEWED"}
      \* The release of a holder whose lease is not over.
      inTime == m.cmd = "release" /\ now < client[p].until /\ m.token = Current(p)
  IN /\ answered => Answered(m, done) # client[p]
     /\ value' = done.value
     /\ vanishes' = IF writes THEN now + (done.value - Seconds + 2) * TicksPerSecond
                    ELSE IF done.value = None THEN None ELSE vanishes
     /\ companion' = done.companion
     /\ client' = IF answered THEN [client EXCEPT ![p] = Answered(m, done)] ELSE client
     /\ won' = IF writes THEN Max(won, done.value) ELSE won
     /\ shut' = IF m.cmd = "release" \/ (m.cmd = "acquire" /\ ~m.patient /\ done.answer = "HELD")
                THEN shut \cup {m.token} ELSE shut
     /\ bad' = bad \cup (IF inTime /\ done.answer = "NOT_OWNED" THEN {"OwnerReleases"} ELSE {})
                   \cup (IF \/ m.cmd = "release" /\ value # None /\ done.value = None /\ companion.token # m.token
                            \/ Leased(m.token) /\ done.companion.token # companion.token
                         THEN {"OwnerOnly"} ELSE {})
     /\ UNCHANGED <<now, net, older, strict, lenient, entered>>
     /\ Reached(3, "an acquire came after its own release", done.answer = "CLOSED" /\ m.token \in shut)
     /\ Reached(4, "a release came twice", m.cmd = "release" /\ m.token \in shut)
     /\ Reached(5, "a renewal repaired what a latecomer had written",
                done.answer = "RENEWED" /\ value # companion.value)
     /\ Reached(6, "a release saw through what a latecomer had written",
                done.answer = "RELEASED" /\ value # companion.value)
     /\ Reached(7, "a lease of ours kept another of ours out of a lock that was deleted",
                done.answer = "HELD" /\ value = None)
     /\ Reached(8, "ours took an expired lock", done.answer = "GRANTED" /\ value # None /\ ~Owned(m.token))

-----------------------------------------------------------------------------
(* The older clients. Each step is one Redis command. *)

Fresh(ahead, behind) == [pc |-> "idle", ahead |-> ahead, behind |-> behind, until |-> 0, writes |-> 0]

Reading(o) == Seconds + older[o].ahead - older[o].behind

\* Has the lock with this value expired, by its clock?
Expired(o, v) == IF v = None THEN lenient ELSE IF strict THEN v < Reading(o) ELSE v <= Reading(o)

HoldsOlder(o) == older[o].pc = "held" /\ ~Expired(o, older[o].until)

OursStay == UNCHANGED <<now, companion, net, client, strict, lenient, entered, shut, bad>>

SetNx(o) ==
  /\ older[o].pc = "idle"
  /\ IF value = None
     THEN /\ value' = Reading(o) + OlderExpire
          /\ older' = [older EXCEPT ![o].pc = "held", ![o].until = Reading(o) + OlderExpire]
          /\ won' = Max(won, Reading(o) + OlderExpire)
          /\ UNCHANGED vanishes
          /\ Reached(9, "an older client acquired", TRUE)
     ELSE /\ older' = [older EXCEPT ![o].pc = "get"]
          /\ UNCHANGED <<value, vanishes, won>>
  /\ OursStay

Get(o) ==
  /\ older[o].pc = "get"
  /\ older' = [older EXCEPT ![o].pc = IF Expired(o, value) THEN "getset" ELSE "idle",
                            ![o].writes = IF Expired(o, value) THEN Reading(o) + OlderExpire ELSE 0]
  /\ UNCHANGED <<value, vanishes, won>> /\ OursStay

\* Whoever sees an expired old value has the lock. A lock that has gone meanwhile is made
\* again; nobody has it, if to this client nothing is not expired.
GetSet(o) ==
  LET new  == IF LateWrites THEN older[o].writes ELSE Reading(o) + OlderExpire
      wins == Expired(o, value)
  IN /\ older[o].pc = "getset"
     /\ value' = new
     /\ vanishes' = None
     /\ older' = [older EXCEPT ![o].pc = IF wins THEN "held" ELSE "idle",
                               ![o].until = IF wins THEN new ELSE 0, ![o].writes = 0]
     /\ won' = Max(won, new)
     /\ OursStay
     /\ Reached(10, "an older client took an expired lock", wins)
     /\ Reached(11, "an older client came too late and wrote", ~wins)

\* Who does not overrun leaves the lock alone if it gets it for a time that is over.
Delete(o) ==
  /\ older[o].pc = "held"
  /\ IF Overruns \/ HoldsOlder(o) THEN value' = None /\ vanishes' = None ELSE UNCHANGED <<value, vanishes>>
  /\ older' = [older EXCEPT ![o].pc = "idle", ![o].until = 0]
  /\ UNCHANGED won /\ OursStay

-----------------------------------------------------------------------------

Crashed == {p \in Ours : client[p].pc = "crashed"} \cup {o \in Older : older[o].pc = "crashed"}

Crash ==
  /\ Cardinality(Crashed) < Crashes
  /\ \/ \E p \in Ours \ Crashed : /\ client' = [client EXCEPT ![p] = [Idle EXCEPT !.pc = "crashed"]]
                                  /\ UNCHANGED older
     \/ \E o \in Older \ Crashed : /\ older' = [older EXCEPT ![o] = [Fresh(0, 0) EXCEPT !.pc = "crashed"]]
                                   /\ UNCHANGED client
  /\ UNCHANGED <<now, value, vanishes, companion, net, strict, lenient, won, entered, shut, bad>>

\* An older holder that keeps to its lease is done before it ends.
KeepsToIt(o) ==
  LET later == (now + 1) \div TicksPerSecond + older[o].ahead - older[o].behind
  IN HoldsOlder(o) => IF strict THEN older[o].until >= later ELSE older[o].until > later

Tick ==
  /\ now < Horizon
  /\ Overruns \/ \A o \in Older : KeepsToIt(o)
  /\ now' = now + 1
  /\ IF vanishes = now' THEN value' = None /\ vanishes' = None ELSE UNCHANGED <<value, vanishes>>
  \* Nobody renewed it in time: lost, and closed when its holder is done.
  /\ client' = [p \in Ours |->
       IF client[p].pc = "held" /\ client[p].until = now'
       THEN [client[p] EXCEPT !.pc = "idle", !.until = 0, !.open = @ \cup {client[p].seq}]
       ELSE client[p]]
  /\ UNCHANGED <<companion, net, older, strict, lenient, won, entered, shut, bad>>
  /\ Reached(12, "a lease of ours ran out", \E p \in Ours : client[p].pc = "held" /\ client[p].until = now')

Init ==
  /\ now = Start
  \* Somebody may have died with the lock.
  /\ value \in {None, Seconds - 1, Seconds} /\ vanishes = None
  /\ companion = [token |-> None, value |-> None, fence |-> 0,
                  closed |-> [p \in Ours |-> [number |-> 0, outcome |-> "none"]]]
  /\ net = {}
  /\ client = [p \in Ours |-> Idle]
  /\ older \in [Older -> {Fresh(ahead, behind) : ahead \in Ahead, behind \in Behind}]
  /\ strict \in BOOLEAN /\ lenient \in BOOLEAN
  /\ won = Seconds /\ entered = 0 /\ shut = {} /\ bad = {}

Next ==
  \/ Tick
  \/ \E p \in Ours : Ask(p) \/ AskAgain(p) \/ Close(p) \/ Receive(p) \/ SendRenewal(p) \/ SendAgain(p)
  \/ \E m \in net, answered \in BOOLEAN : Execute(m, answered)
  \/ \E o \in Older : SetNx(o) \/ Get(o) \/ GetSet(o) \/ Delete(o)
  \/ Crash

Spec == Init /\ [][Next]_vars

\* Fencing tokens only matter in comparison.
View ==
  LET alive == {companion.fence, entered}
                 \cup {client[p].reply.number : p \in {p \in Ours : client[p].reply # None}}
      Rank(number) == Cardinality({other \in alive : other < number})
  IN <<now, value, vanishes, [companion EXCEPT !.fence = Rank(@)], net,
       [p \in Ours |-> IF client[p].reply = None THEN client[p]
                       ELSE [client[p] EXCEPT !.reply.number = Rank(@)]],
       older, strict, lenient, won, Rank(entered), shut, bad>>

Bounded == Depth = 0 \/ TLCGet("level") <= Depth

-----------------------------------------------------------------------------
(* Properties. The first one holds whatever older clients do. *)

\* Ours exclude each other.
OursExclusion == \A p, q \in Ours : Holds(p) /\ Holds(q) => p = q

\* Ours and older clients exclude each other.
Exclusion == \A p \in Ours, o \in Older : ~(Holds(p) /\ HoldsOlder(o))

\* Older clients exclude each other.
OlderExclusion == \A o1, o2 \in Older : HoldsOlder(o1) /\ HoldsOlder(o2) => o1 = o2

\* Ours release and renew only what is theirs.
OwnerOnly == "OwnerOnly" \notin bad

\* The release of a holder whose lease is not over is answered as released.
OwnerReleases == "OwnerReleases" \notin bad

\* Everybody of ours who enters later has a greater fencing token.
FencesIncrease == "FencesIncrease" \notin bad

\* A token that was released, or whose only attempt has failed, never owns anything again.
ClosedStaysClosed == companion.token \in shut => ~Owned(companion.token)

\* Nobody but a winner makes a lock last: it ends when some lease that was won ends (or what
\* an older client wrote that came too late).
NoOrphan == value # None => value <= won

=============================================================================
