----------------------------- MODULE QueueLock -----------------------------
(* The protocol "queue": the scripts queue-*.lua of lock-core, and what the engine
   (io.github.redislocked.engine) does with their answers. One key of a user, one Redis.

   Time is counted in ticks and relative to the present: a time to live, a deadline and the
   age of a message are numbers of ticks that each Tick brings nearer to their end. So the
   model has no last moment. Clocks of processes and server run equally fast here; the 1 %
   that the engine deducts for drift is not modelled, and what is left has no slack: an
   error of one tick is an error.

   A process is one application with its engine, and has at most one caller per key who asks
   Redis. An owner token is <<process, sequence number>>.

   What the network does: a command that was sent is executed never, once, or several times,
   at any later moment (see Late), and after its sender has gone, too. An answer that grants
   the lock comes at any later moment or never; any other one at once or never, which comes to
   the same, as the command may be executed again. A wake-up comes at any later moment or never.
   A process stands still as long as it likes.

   Broken names guards that are left out: each such model has to fail. See docs/model.md. *)

EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Processes,     \* the applications
  None,          \* nobody, nothing
  Acquisitions,  \* how many owner tokens a process uses
  Lease,         \* lease time ("expire"), in ticks
  Claim,         \* how long a waiter has to make use of a hand-over
  Wait,          \* for how long a waiter asks to be queued
  Retention,     \* for how long receipts and the last fencing token are kept (fence-retention);
                 \* 0: for ever
  Late,          \* the greatest age at which a command is executed; without effect if the
                 \* Retention is for ever
  Reserve,       \* fencing tokens kept free for passes inside a process (max-passes)
  Crashes,       \* how many processes may die
  Features,      \* what may happen beyond the simplest: see the actions
  Depth,         \* the longest behaviours that are looked at, in steps; 0: all
  Broken         \* guards that are left out

Forever == Retention = 0

ASSUME /\ Claim <= Lease
       /\ Forever \/ Wait <= Claim + Retention  \* so that no terms vanish while somebody waits

VARIABLES
  redis,     \* what the three Redis keys hold, see Nothing
  net,       \* commands that may be executed (again)
  wake,      \* for each process the last wake-up that was sent to it
  client,    \* for each process its contender, see Idle
  clock,     \* the server's clock, as far as fencing tokens see it
  \* The rest only takes notes for the properties.
  high,      \* the highest fencing token given or reserved
  entered,   \* the highest fencing token somebody has entered with
  shut,      \* tokens for which a release, cancel or the like has been executed
  released,  \* those that were answered RELEASED, while Redis keeps the receipt
  bad        \* names of properties that a step has violated

vars == <<redis, net, wake, client, clock, high, entered, shut, released, bad>>

Symmetry == Permutations(Processes)

Intact(guard) == guard \notin Broken
Has(feature) == feature \in Features

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b
Less(a, b) == IF a > b THEN a - b ELSE 0

\* Says that a situation has been reached, once for each worker: a model in which nothing
\* happens is noticed. To be the last conjunct of an action.
Situations == 1..24
ASSUME \A i \in Situations : TLCSet(i, FALSE)
Reached(i, name, condition) ==
  IF condition /\ ~TLCGet(i) THEN TLCSet(i, TRUE) /\ PrintT("Reached: " \o name) ELSE TRUE

-----------------------------------------------------------------------------
(* The scripts. Each operator takes what Redis holds and gives what it holds then, as the
   script of that name does; queue-acquire-free.lua and queue-release-held.lua are shorter
   ways to the same end. *)

Open == [number |-> 0, outcome |-> "OPEN"]

Nothing == [
  owner  |-> None,  \* the key "lock": who has it ...
  ttl    |-> 0,     \* ... and its time to live
  queue  |-> <<>>,  \* the key "queue", with each waiter's deadline, which lies in "state"
  last   |-> 0,     \* the key "state": last fencing token, reserved ones included ...
  closed |-> [p \in Processes |-> Open],  \* ... the receipts ...
  keeps  |-> 0,     \* ... and its time to live
  told   |-> None]  \* the wake-up that a script has published

\* queue-common.lua, receipt
Receipt(r, token) ==
  LET closed == r.closed[token[1]]
  IN IF token[2] < closed.number THEN "RELEASED"
     ELSE IF token[2] = closed.number THEN closed.outcome
     ELSE "OPEN"

\* queue-common.lua, close
Close(r, token, outcome) ==
  IF token[2] <= r.closed[token[1]].number THEN r
  ELSE [r EXCEPT !.closed[token[1]] = [number |-> token[2], outcome |-> outcome]]

Lengthen(r, span) == IF Forever THEN r ELSE [r EXCEPT !.keeps = Max(@, span)]

\* queue-common.lua, forget
Forget(r, token) == [r EXCEPT !.queue = SelectSeq(@, LAMBDA w : w.token # token)]

\* queue-common.lua, grant; queue-head.lua, fence
Grant(r, token, lease) ==
  LET number == Max(IF Intact("fencing token: clock") THEN clock ELSE 0,
                    IF Intact("fencing token: last one") THEN r.last + 1 ELSE 0)
  IN [r EXCEPT !.owner = token,
               !.ttl   = lease,
               !.last  = IF ~Has("fencing") THEN 0
                         ELSE number + (IF Intact("fencing token: reserve") THEN Reserve ELSE 0),
               !.keeps = IF Forever THEN 0 ELSE lease + Retention]

NumberOf(r) == Less(r.last, IF Intact("fencing token: reserve") THEN Reserve ELSE 0)

\* queue-common.lua, hand_over
HandOver(r, token) ==
  LET granted == Grant(Forget(r, token), token, IF Intact("hand-over: claim time") THEN Claim ELSE Lease)
  IN [granted EXCEPT !.told = [token |-> token, number |-> NumberOf(granted)]]

Live(w) == w.left > 0 \/ ~Intact("hand-over: deadline")
Reachable(w) == ~client[w.token[1]].deaf

\* queue-common.lua, assign: who gets the free lock
Assign(r, caller) ==
  LET n == Len(r.queue)
      Suits(i) == Live(r.queue[i]) /\ (r.queue[i].token = caller \/ Reachable(r.queue[i]))
      first == IF \E i \in 1..n : Suits(i)
               THEN CHOOSE i \in 1..n : Suits(i) /\ \A j \in 1..(i - 1) : ~Suits(j)
               ELSE n + 1
      \* Those that are dead are forgotten, as far as the loop comes.
      met == SelectSeq(SubSeq(r.queue, 1, first - 1), Live)
      looked == [r EXCEPT !.queue = met \o SubSeq(@, first, n)]
  IN IF caller # None /\ ~Intact("acquire: queue") THEN Grant(Forget(r, caller), caller, Lease)
     ELSE IF first <= n
     THEN IF r.queue[first].token = caller
          THEN Grant(Forget(looked, caller), caller, Lease)
          ELSE HandOver(looked, r.queue[first].token)
     ELSE IF met # <<>> THEN HandOver(looked, met[1].token)
     ELSE IF caller # None THEN Grant(looked, caller, Lease)
     ELSE looked

Answer(r, first, second) ==
  [redis |-> r, released |-> first, acquired |-> second, number |-> NumberOf(r)]

\* queue-acquire.lua. "patient" is ARGV[8] > 0.
Acquire(r, token, patient, ahead) ==
  IF r.owner = token
  THEN Answer(Lengthen([r EXCEPT !.ttl = Max(@, Lease)], Lease + Retention), "NOTHING", "GRANTED")
  ELSE IF Receipt(r, token) # "OPEN" /\ Intact("acquire: receipt")
  THEN Answer(Forget(r, token), "NOTHING", "CLOSED")
  ELSE
    LET decided == IF r.owner # None THEN r
                   ELSE IF ahead THEN Grant(Forget(r, token), token, Lease)
                   ELSE Assign(r, token)
        queued  == IF \E i \in 1..Len(decided.queue) : decided.queue[i].token = token
                   THEN decided
                   ELSE [decided EXCEPT !.queue = Append(@, [token |-> token, left |-> Wait])]
    IN IF decided.owner = token THEN Answer(decided, "NOTHING", "GRANTED")
       ELSE IF patient THEN Answer(Lengthen(queued, Wait + Retention), "NOTHING", "HELD")
       ELSE Answer(Lengthen(IF Intact("attempt: receipt") THEN Close(decided, token, "RELEASED") ELSE decided,
                            Retention), "NOTHING", "HELD")

\* queue-release.lua
Release(r, token, kept) ==
  IF r.owner = token \/ (r.owner # None /\ ~Intact("release: token"))
  THEN LET freed  == [r EXCEPT !.owner = None, !.ttl = 0]
           closed == IF Intact("release: receipt") THEN Close(freed, token, "RELEASED") ELSE freed
       IN Answer(IF kept THEN closed ELSE Assign(closed, None), "RELEASED", "NOTHING")
  ELSE LET left == IF Intact("release: place in the queue") \/ Receipt(r, token) # "RELEASED"
                   THEN Forget(r, token) ELSE r
           closed == IF Receipt(r, token) = "OPEN" THEN Lengthen(Close(left, token, "LOST"), Retention) ELSE left
       IN IF Receipt(r, token) = "RELEASED" THEN Answer(left, "ALREADY_CLOSED", "NOTHING")
          ELSE Answer(IF r.owner = None /\ ~kept THEN Assign(closed, None) ELSE closed, "NOT_OWNED", "NOTHING")

\* queue-yield.lua. The former token is the one before the heir's.
Former(token) == <<token[1], token[2] - 1>>

Yield(r, token, asked) ==
  LET ahead  == asked /\ Receipt(r, token) = "OPEN"
      first  == Release(r, Former(token), ahead)
      second == Acquire(first.redis, token, TRUE, ahead /\ first.released = "RELEASED")
  IN [second EXCEPT !.released = first.released]

\* queue-cancel.lua
Cancel(r, token) ==
  LET left == Forget(r, token)
  IN IF r.owner = token /\ Intact("cancel: lock")
     THEN Answer(Assign(Close([left EXCEPT !.owner = None, !.ttl = 0], token, "RELEASED"), None),
                 "RELEASED", "NOTHING")
     ELSE LET open   == Receipt(r, token) = "OPEN"
              closed == IF open THEN Lengthen(Close(left, token, "RELEASED"), Retention) ELSE left
          IN Answer(IF r.owner = None THEN Assign(closed, None) ELSE closed,
                    IF open THEN "NOT_OWNED" ELSE "ALREADY_CLOSED", "NOTHING")

\* queue-renew.lua
Renew(r, token) ==
  IF r.owner = token \/ (r.owner # None /\ ~Intact("renew: token"))
  THEN Answer(Lengthen([r EXCEPT !.ttl = Max(@, Lease)], Lease + Retention), "NOTHING", "RENEWED")
  ELSE Answer(r, "NOTHING", "NOT_OWNED")

\* What time does to it. Without the state nobody's terms of waiting are known: whoever is
\* still in the queue is dead.
Aged(r) ==
  LET kept  == [r EXCEPT !.keeps = Less(@, 1),
                         !.queue = [i \in 1..Len(@) |-> [@[i] EXCEPT !.left = Less(@, 1)]],
                         !.ttl   = Less(@, 1),
                         !.owner = IF r.ttl <= 1 THEN None ELSE @]
  IN IF kept.keeps = 0 /\ ~Forever
     THEN [kept EXCEPT !.last = 0, !.queue = <<>>, !.closed = [p \in Processes |-> Open]]
     ELSE kept

-----------------------------------------------------------------------------
(* The processes. *)

Idle == [
  pc      |-> "idle",
  patient |-> TRUE,   \* whether its caller waits (timeout > 0)
  sent    |-> 0,      \* how long ago the command was sent that it awaits an answer to
  reply   |-> None,   \* the answer, on its way: the fencing token it has been granted
  off     |-> Claim,  \* ServerTime: how old the last answered command was when it was executed,
                      \* as far as that matters; Claim, too, if none was answered
  left    |-> 0,      \* how long the lease may be relied on, by its own clock
  number  |-> 0,      \* its fencing token
  passes  |-> 0]      \* how often the lock may pass inside the process

\* What is kept beside the contender: its sequence number, earlier tokens that have to be
\* closed yet, and whether there is no subscription for wake-ups.
Fresh(deaf) == Idle @@ [seq |-> 0, open |-> {}, deaf |-> deaf]

Become(c, fields) == fields @@ c

Current(p) == <<p, client[p].seq>>
Holds(p) == client[p].pc = "held"

Send(cmd, token, patient, ahead) ==
  {m \in net : m.cmd # cmd \/ m.token # token}
    \cup {[cmd |-> cmd, token |-> token, patient |-> patient, ahead |-> ahead, age |-> 0]}

Set(p, fields) == client' = [client EXCEPT ![p] = Become(@, fields)]

Quiet == UNCHANGED <<redis, clock, high, shut, released>>

\* Contender: a new token. Only the feature "attempt" has callers who do not wait.
Ask(p) ==
  /\ client[p].pc = "idle"
  /\ client[p].seq < Acquisitions
  /\ \E patient \in IF Has("attempt") THEN BOOLEAN ELSE {TRUE} :
       /\ Set(p, [Idle EXCEPT !.pc = "asking", !.patient = patient] @@ [seq |-> client[p].seq + 1])
       /\ net' = Send("acquire", <<p, client[p].seq + 1>>, patient, FALSE)
  /\ UNCHANGED <<wake, entered, bad>> /\ Quiet

Contends(p) == client[p].pc \in {"asking", "yielding", "waiting"}

\* Contender: asks again after a pause, or because the last command has failed.
AskAgain(p) ==
  /\ Contends(p) /\ client[p].patient
  /\ Intact("waiter: asks again")
  /\ Set(p, [pc |-> "asking", sent |-> 0, reply |-> None])
  /\ net' = Send("acquire", Current(p), TRUE, FALSE)
  /\ UNCHANGED <<wake, entered, bad>> /\ Quiet

\* Contender.giveUp, giveUpLater: the budget is spent, or the caller was interrupted.
GiveUp(p) ==
  /\ Contends(p) /\ Has("give up")
  /\ Set(p, [Idle EXCEPT !.pc = "cancelling"])
  /\ net' = Send("cancel", Current(p), TRUE, FALSE)
  /\ UNCHANGED <<wake, entered, bad>> /\ Quiet

\* HeldLock: the lock is there, until so many ticks from now.
Enter(p, number, left, passes) ==
  /\ Set(p, [Idle EXCEPT !.pc = "held", !.left = left,
                         !.number = IF Has("pass") THEN number ELSE 0,
                         !.passes = IF Has("pass") THEN passes ELSE 0])
  /\ entered' = Max(entered, number)
  /\ bad' = IF number > entered \/ ~Has("fencing") THEN bad ELSE bad \cup {"FencesIncrease"}

\* Contender.answered, of a grant
Receive(p) ==
  LET c == client[p]
      left == IF Intact("lease: counted from before sending") THEN Less(Lease, c.sent) ELSE Lease
  IN /\ c.pc \in {"asking", "yielding"} /\ c.reply # None
     /\ UNCHANGED wake /\ Quiet
     /\ \/ /\ left > 0
           /\ Enter(p, c.reply, left, Reserve)
           /\ UNCHANGED net
           /\ Reached(1, "a lock was acquired", TRUE)
           /\ Reached(2, "a hand-over without its wake-up was noticed by asking again",
                      wake[p] # None /\ wake[p].token = Current(p))
        \/ /\ left = 0
           /\ Set(p, [Idle EXCEPT !.pc = "releasing"])
           /\ net' = Send("release", Current(p), TRUE, FALSE)
           /\ UNCHANGED <<entered, bad>>
           /\ Reached(3, "a lease that was over on arrival was given back", TRUE)

\* Contender.awake and ServerTime.claim; ActiveTokens.granted
ReadWakeUp(p) ==
  LET c == client[p]
      w == wake[p]
      left == IF Intact("wake-up: counted from the grant")
              THEN Less(Claim, w.age + c.off)
              ELSE Claim
  IN /\ w # None /\ c.pc # "crashed"
     /\ wake' = [wake EXCEPT ![p] = None]
     /\ Quiet
     /\ \/ /\ w.token = Current(p) /\ Contends(p) /\ left > 0
           /\ Enter(p, w.number, left, Reserve)
           /\ UNCHANGED net
           /\ Reached(5, "a waiter was handed the lock and woken", TRUE)
        \/ /\ w.token = Current(p) /\ Contends(p) /\ left = 0
           /\ UNCHANGED <<net, client, entered, bad>>
           /\ Reached(6, "a wake-up was read too late", w.age = Claim)
        \* Nobody waits for it: what it grants is given back.
        \/ /\ w.token # Current(p) \/ c.pc = "idle"
           /\ net' = Send("cancel", w.token, TRUE, FALSE)
           /\ UNCHANGED <<client, entered, bad>>
           /\ Reached(7, "a wake-up for nobody was given back", TRUE)
        \* A holder that asked before it came, or a token that is being closed.
        \/ /\ w.token = Current(p) /\ ~Contends(p) /\ c.pc # "idle"
           /\ UNCHANGED <<net, client, entered, bad>>

\* LeaseWatch: renews, or lifts a hand-over to the full lease.
SendRenewal(p) ==
  /\ Holds(p) /\ Has("renewal")
  /\ net' = Send("renew", Current(p), TRUE, FALSE)
  /\ UNCHANGED <<wake, client, entered, bad>> /\ Quiet

\* HeldLease.close: nobody waits inside the process.
SendRelease(p) ==
  /\ Holds(p)
  /\ Set(p, [Idle EXCEPT !.pc = "releasing"])
  /\ net' = Send("release", Current(p), TRUE, FALSE)
  /\ UNCHANGED <<wake, entered, bad>> /\ Quiet

\* HandOver: the lock passes to the next caller of the process, without a command.
Pass(p) ==
  LET c == client[p]
  IN /\ Holds(p) /\ Has("pass") /\ c.passes > 0
     /\ Enter(p, IF Intact("pass: fencing token") THEN c.number + 1 ELSE c.number, c.left, c.passes - 1)
     /\ UNCHANGED <<net, wake>> /\ Quiet
     /\ Reached(8, "a lock passed inside a process", TRUE)

\* HandOver: gives the lock up and asks for it under the next token. "ahead" is for a lock
\* that was handed over a moment ago; here any one may be.
SendYield(p) ==
  /\ Holds(p) /\ Has("yield") /\ client[p].seq < Acquisitions
  /\ \E ahead \in IF client[p].passes > 0 THEN BOOLEAN ELSE {FALSE} :
       net' = Send("yield", <<p, client[p].seq + 1>>, TRUE, ahead)
  /\ Set(p, [Idle EXCEPT !.pc = "yielding"]
              @@ [seq |-> client[p].seq + 1, open |-> client[p].open \cup {client[p].seq}])
  /\ UNCHANGED <<wake, entered, bad>> /\ Quiet

\* Closings: repeats a release or cancel that was not answered; releases tokens that were lost,
\* or whose yield was not answered.
SendAgain(p) ==
  /\ \/ client[p].pc = "releasing" /\ net' = Send("release", Current(p), TRUE, FALSE)
     \/ client[p].pc = "cancelling" /\ net' = Send("cancel", Current(p), TRUE, FALSE)
     \/ \E n \in client[p].open : net' = Send("release", <<p, n>>, TRUE, FALSE)
  /\ UNCHANGED <<wake, client, entered, bad>> /\ Quiet

\* WakeUpChannel: the subscription stands from now on.
Subscribe(p) ==
  /\ client[p].deaf /\ client[p].pc # "crashed"
  /\ Set(p, [deaf |-> FALSE])
  /\ UNCHANGED <<net, wake, entered, bad>> /\ Quiet

\* So long after the death of its process no trace of a token can matter.
Traces == Late + Max(Lease, Less(Wait + Claim, 1))

Crash(p) ==
  /\ client[p].pc # "crashed"
  /\ Cardinality({q \in Processes : client[q].pc = "crashed"}) < Crashes
  \* Redis may not know yet that its subscription has gone.
  /\ \E deaf \in (IF Has("deaf") THEN BOOLEAN ELSE {FALSE}) \cup {client[p].deaf} :
       Set(p, [Idle EXCEPT !.pc = "crashed", !.left = Traces] @@ [open |-> {}, deaf |-> deaf])
  /\ wake' = [wake EXCEPT ![p] = None]
  \* Where there is no end to repetitions, one that nobody can close would never give way.
  /\ net' = IF Has("silent death") THEN {m \in net : m.token[1] # p} ELSE net
  /\ UNCHANGED <<entered, bad>> /\ Quiet

-----------------------------------------------------------------------------
(* The server executes a command, and the answer comes or does not. *)

Run(m) ==
  CASE m.cmd = "acquire" -> Acquire(redis, m.token, m.patient, FALSE)
    [] m.cmd = "release" -> Release(redis, m.token, FALSE)
    [] m.cmd = "yield"   -> Yield(redis, m.token, m.ahead)
    [] m.cmd = "cancel"  -> Cancel(redis, m.token)
    [] m.cmd = "renew"   -> Renew(redis, m.token)

\* What the answer does to its process.
Answered(m, done) ==
  LET c == client[m.token[1]]
      mine == c.seq = m.token[2]
  IN CASE m.cmd \in {"acquire", "yield"} ->
            IF mine /\ c.pc = (IF m.cmd = "acquire" THEN "asking" ELSE "yielding")
            THEN LET open == IF m.cmd = "yield" THEN c.open \ {c.seq - 1} ELSE c.open
                 IN Become(c, [open |-> open] @@
                      IF done.acquired = "GRANTED" THEN [reply |-> done.number]
                      ELSE IF done.acquired = "HELD" /\ c.patient
                      THEN [pc |-> "waiting", sent |-> 0, reply |-> None, off |-> Min(c.sent, Claim)]
                      ELSE Idle)
            ELSE c
       [] m.cmd = "release" ->
            IF mine /\ c.pc = "releasing" THEN Become(c, Idle)
            ELSE Become(c, [open |-> c.open \ {m.token[2]}])
       [] m.cmd = "cancel" ->
            IF mine /\ c.pc = "cancelling" THEN Become(c, Idle) ELSE c
       [] m.cmd = "renew" ->
            IF ~(mine /\ c.pc = "held") THEN c
            ELSE IF done.acquired = "RENEWED" THEN Become(c, [left |-> Max(c.left, Less(Lease, m.age))])
            ELSE Become(c, Idle @@ [open |-> c.open \cup {c.seq}])

\* Which properties the step violates.
Verdicts(m, done) ==
  LET r == done.redis
      closes == IF m.cmd = "yield" THEN Former(m.token) ELSE m.token
      waiting == SelectSeq(redis.queue, LAMBDA w : w.left > 0 /\ (Reachable(w) \/ w.token = m.token))
  IN (IF \/ redis.owner # None /\ r.owner # redis.owner /\ closes # redis.owner
         \/ r.owner = redis.owner /\ r.ttl > redis.ttl /\ m.token # redis.owner
      THEN {"OwnerOnly"} ELSE {})
     \cup
     (IF done.released = "NOT_OWNED" /\ closes \in released THEN {"RepeatedRelease"} ELSE {})
     \cup
     (IF r.last # redis.last /\ r.owner # None /\ NumberOf(r) <= high THEN {"FencesIncrease"} ELSE {})
     \cup
     (IF \/ r.told # None /\ r.ttl > Claim
         \/ r.told # None /\ \E i \in 1..Len(redis.queue) : redis.queue[i] = [token |-> r.owner, left |-> 0]
      THEN {"NoOrphan"} ELSE {})
     \cup
     (IF /\ r.owner # redis.owner /\ r.owner # None
         /\ waiting # <<>> /\ waiting[1].token # r.owner
         /\ ~(m.cmd = "yield" /\ m.ahead)
      THEN {"FirstComeFirstServed"} ELSE {})

Execute(m, answered) ==
  LET done == Run(m)
      r == done.redis
      p == m.token[1]
      heard == r.told # None /\ Reachable(r.told) /\ client[r.told.token[1]].pc # "crashed"
      closes == (IF m.cmd \in {"release", "cancel"} THEN {m.token} ELSE {})
                  \cup (IF m.cmd = "yield" THEN {Former(m.token)} ELSE {})
      attempted == IF m.cmd = "acquire" /\ ~m.patient /\ done.acquired = "HELD" THEN {m.token} ELSE {}
  IN /\ answered => Answered(m, done) # client[p]
     /\ Has("in time") /\ m.cmd = "acquire" => client[p].pc = "asking" /\ client[p].sent = 0
     /\ redis' = [r EXCEPT !.told = None]
     /\ wake' = IF heard
                THEN [wake EXCEPT ![r.told.token[1]] = [token |-> r.told.token, number |-> r.told.number, age |-> 0]]
                ELSE wake
     /\ client' = IF answered THEN [client EXCEPT ![p] = Answered(m, done)] ELSE client
     /\ high' = Max(high, r.last)
     /\ shut' = shut \cup closes \cup attempted
     /\ released' = IF done.released = "RELEASED" THEN released \cup closes ELSE released
     /\ bad' = bad \cup Verdicts(m, done)
     /\ UNCHANGED <<net, clock, entered>>
     /\ Reached(4, "a waiter waited", done.acquired = "HELD" /\ m.patient)
     /\ Reached(9, "an acquire came after its own cancel", done.acquired = "CLOSED" /\ m.token \in shut)
     /\ Reached(10, "a release came twice", m.cmd = "release" /\ m.token \in released)
     /\ Reached(11, "a yield handed over and queued its process again",
                m.cmd = "yield" /\ r.told # None /\ done.acquired = "HELD")
     /\ Reached(12, "a yield went ahead of a waiter",
                m.cmd = "yield" /\ r.owner = m.token /\ redis.owner # m.token /\ Len(r.queue) > 0)
     /\ Reached(13, "a dead waiter was passed over",
                \E i \in 1..Len(redis.queue) :
                  /\ redis.queue[i].left = 0
                  /\ redis.queue[i].token # m.token
                  /\ \A j \in 1..Len(r.queue) : r.queue[j].token # redis.queue[i].token)
     /\ Reached(14, "a waiter without a subscription was passed over",
                r.told # None /\ Len(r.queue) > 0 /\ r.queue[1].left > 0
                /\ redis.queue # <<>> /\ redis.queue[1] = r.queue[1])
     /\ Reached(15, "a renewal lengthened a lease", m.cmd = "renew" /\ r.ttl > redis.ttl)
     /\ Reached(16, "a renewal came after the lease", m.cmd = "renew" /\ done.acquired = "NOT_OWNED")
     /\ Reached(17, "a late acquire took the lock for a caller that had lost it",
                r.owner = m.token /\ redis.owner # m.token /\ m.token[2] \in client[p].open)
     /\ Reached(18, "a cancel found its token owning the lock", m.cmd = "cancel" /\ redis.owner = m.token)
     /\ Reached(19, "a process died with the lock, and another one has it now",
                r.owner # None /\ redis.owner = None /\ \E q \in Processes :
                  client[q].pc = "crashed" /\ r.owner[1] # q /\ client[q].seq > 0 /\ redis.closed[q] = Open)

\* Time goes on for everybody. A lease that nobody renewed in time is lost (HeldLock.lose): the
\* next caller's turn comes, and the lost token is closed when its holder is done.
Older(c) ==
  CASE c.pc \in {"asking", "yielding"} -> [c EXCEPT !.sent = Min(@ + 1, Lease)]
    [] c.pc = "held" /\ c.left = 1     -> Become(c, Idle @@ [open |-> c.open \cup {c.seq}])
    [] c.pc \in {"held", "crashed"}    -> [c EXCEPT !.left = Less(@, 1)]
    [] OTHER                           -> c

Tick ==
  /\ redis' = Aged(redis)
  /\ net' = IF Forever
            THEN {[m EXCEPT !.age = IF m.cmd = "renew" THEN Min(@ + 1, Lease) ELSE 0] : m \in net}
            ELSE {[m EXCEPT !.age = @ + 1] : m \in {m \in net : m.age < Late}}
  /\ wake' = [p \in Processes |-> IF wake[p] = None THEN None ELSE [wake[p] EXCEPT !.age = Min(@ + 1, Claim)]]
  /\ client' = [p \in Processes |-> Older(client[p])]
  /\ clock' = high + 1
  /\ released' = IF ~Forever /\ Aged(redis).keeps = 0 THEN {} ELSE released
  /\ UNCHANGED <<high, entered, shut, bad>>
  /\ Reached(20, "a lease ran out under its holder", \E p \in Processes : Holds(p) /\ client[p].left = 1)
  /\ Reached(21, "the state expired", redis.keeps = 1)
  /\ Reached(22, "a claim ran out unused",
             redis.ttl = 1 /\ wake[redis.owner[1]] # None /\ wake[redis.owner[1]].token = redis.owner)

Init ==
  /\ redis = Nothing
  /\ net = {}
  /\ wake = [p \in Processes |-> None]
  /\ \E deaf \in IF Has("deaf") THEN SUBSET Processes ELSE {{}} :
       client = [p \in Processes |-> Fresh(p \in deaf)]
  /\ clock = 1 /\ high = 0 /\ entered = 0
  /\ shut = {} /\ released = {} /\ bad = {}

Steps(p) ==
  \/ Ask(p) \/ AskAgain(p) \/ GiveUp(p) \/ Receive(p) \/ ReadWakeUp(p) \/ SendRenewal(p)
  \/ SendRelease(p) \/ Pass(p) \/ SendYield(p) \/ SendAgain(p) \/ Subscribe(p) \/ Crash(p)

Next ==
  \/ Tick
  \/ \E p \in Processes : Steps(p)
  \/ \E m \in net, answered \in BOOLEAN : Execute(m, answered)

Spec == Init /\ [][Next]_vars

Bounded == Depth = 0 \/ TLCGet("level") <= Depth

\* Fencing tokens only matter in comparison.
View ==
  LET alive == {redis.last, clock, high, entered}
                 \cup {client[p].number : p \in Processes}
                 \cup {client[p].reply : p \in {p \in Processes : client[p].reply # None}}
                 \cup {wake[p].number : p \in {p \in Processes : wake[p] # None}}
      Rank(number) == Cardinality({other \in alive : other < number})
  IN <<[redis EXCEPT !.last = Rank(@)], net,
       [p \in Processes |-> IF wake[p] = None THEN None ELSE [wake[p] EXCEPT !.number = Rank(@)]],
       [p \in Processes |->
         [client[p] EXCEPT !.number = Rank(@),
                           !.reply = IF @ = None THEN None ELSE Rank(@)]],
       Rank(clock), Rank(high), Rank(entered), shut, released, bad>>

-----------------------------------------------------------------------------
(* Properties. *)

\* While somebody may rely on its lease, nobody else may.
Exclusion == \A p, q \in Processes : Holds(p) /\ Holds(q) => p = q

\* Stronger: as long as it may rely on its lease, Redis knows it.
LeaseIsKept == \A p \in Processes : Holds(p) => redis.owner = Current(p) /\ redis.ttl >= client[p].left

\* Only the owner releases, and only the owner renews.
OwnerOnly == "OwnerOnly" \notin bad

\* Every later grant has a greater fencing token, and so has everybody who enters later.
FencesIncrease == "FencesIncrease" \notin bad

\* A release that is executed again is answered as released, while its receipt is kept.
RepeatedRelease == "RepeatedRelease" \notin bad

\* A token that was released or cancelled never owns anything again, whatever comes late.
ClosedStaysClosed ==
  \A token \in shut : /\ redis.owner # token
                      /\ \A i \in 1..Len(redis.queue) : redis.queue[i].token # token

\* Every lock ends by itself; nobody is handed the lock after the deadline of its wait, or for
\* longer than the claim time; nothing is left of a process that died, soon after.
NoOrphan ==
  /\ "NoOrphan" \notin bad
  /\ redis.owner # None => redis.ttl \in 1..Lease
  /\ \A p \in Processes : client[p].pc = "crashed" /\ client[p].left = 0 =>
       /\ redis.owner = None \/ redis.owner[1] # p
       /\ \A i \in 1..Len(redis.queue) : redis.queue[i].token[1] = p => redis.queue[i].left = 0

\* The free lock goes to the first who waits, among those that can be told.
FirstComeFirstServed == "FirstComeFirstServed" \notin bad

-----------------------------------------------------------------------------
(* Liveness: of what could be granted again and again, one grant is answered in the end, and
   nobody holds for ever. Commands are executed in the tick they were sent in or never (the
   feature "in time"): a network that always takes longer than a lease lets nobody hold one. *)

ExecuteFor(p, cmds) == \E m \in net : m.cmd \in cmds /\ m.token = Current(p) /\ Execute(m, TRUE)

Fairness ==
  /\ WF_vars(Tick)
  /\ \A p \in Processes :
       /\ WF_vars(AskAgain(p) /\ (client[p].pc = "waiting" \/ client[p].sent > 0))
       /\ SF_vars(ExecuteFor(p, {"acquire"}) /\ client'[p].reply # None)
       /\ SF_vars(client[p].sent = 0 /\ Receive(p))
       /\ WF_vars(SendRelease(p))
       /\ WF_vars(SendAgain(p))
       /\ SF_vars(ExecuteFor(p, {"release", "cancel"}))

FairSpec == Spec /\ Fairness

\* Whoever waits is granted the lock (once perhaps too late: then it is "releasing"), unless it
\* dies: so a free lock with a live waiter does not stay free.
WaiterIsGranted ==
  \A p \in Processes : client[p].pc = "waiting" ~> client[p].pc \in {"held", "releasing", "crashed"}

=============================================================================
