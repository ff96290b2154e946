// The live page: what all instances on one Redis tell, drawn as it happens. Times are those of the Redis server's clock.
const SPANS = { BUYERS: 8000, FREEZE: 10000, KILL: 10000, CONTEST: 14000 };
// A lock that came otherwise was free.
const HANDED_OVER = { LOCAL: "handed over inside the instance", REMOTE: "handed over by another instance" };
const WAIT_HEIGHT = 16;
const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let serverAhead = 0;
let stage = null;
let greeting = {};
let spokenAt = 0;

// ---- What has happened in a show

function newStage(show, at) {
	byId("instances-lanes").replaceChildren();
	return { show, begun: at, origin: null, latest: at, ended: false, instances: new Map(), passes: { LOCAL: 0, REMOTE: 0 } };
}

function laneOf(happening) {
	const { instances } = stage;
	if (!instances.has(happening.instance)) {
		const section = document.createElement("section");
		section.className = "instance";
		section.dataset.instance = happening.instance;
		const title = document.createElement("h2");
		title.textContent = happening.instance + (happening.instance === greeting.instance ? " (serves this page)" : "");
		section.append(title);
		byId("instances-lanes").append(section);
		instances.set(happening.instance, { section, lanes: new Map() });
	}
	const instance = instances.get(happening.instance);
	if (!instance.lanes.has(happening.lane)) {
		const name = document.createElement("span");
		name.className = "lane-name";
		name.textContent = happening.lane;
		const svg = create("svg", { class: "lane" });
		svg.dataset.lane = happening.lane;
		const ground = create("rect", { class: "ground", x: 0, y: WAIT_HEIGHT, rx: 3 });
		const waiting = create("path", { class: "waiting" });
		svg.append(ground, waiting);
		const next = [...instance.lanes.values()].find((lane) => order(happening.lane, lane.name) < 0);
		instance.section.insertBefore(name, next ? next.label : null);
		instance.section.insertBefore(svg, next ? next.label : null);
		const lane = { name: happening.lane, label: name, svg, ground, waiting,
			waits: new Map(), steps: [], bars: [], open: new Map(), marks: [], tracks: 1 };
		instance.lanes = new Map([...instance.lanes, [lane.name, lane]].sort(([one], [other]) => order(one, other)));
	}
	return instance.lanes.get(happening.lane);
}

function order(one, other) {
	return one.localeCompare(other, "en", { numeric: true });
}

function happen(entry) {
	const { happening, at } = entry;
	if (happening.kind === "BEGIN") {
		stage = newStage(happening.show, at);
		Object.assign(byId("stage").dataset, { show: happening.show.id, state: "running" });
		byId("passes").textContent = "";
	}
	if (!stage || happening.show.id !== stage.show.id) {
		return;
	}
	if (happening.kind === "BEGIN" || happening.kind === "END") {
		byId("note").textContent = "";
	}
	if (happening.text) {
		byId("sentence").textContent = happening.text;
	}
	if (happening.caller) {
		stage.origin ??= at;
		stage.latest = at;
		act(laneOf(happening), happening, at);
	}
	if (happening.kind === "END") {
		stage.ended = true;
		stage.latest = Math.max(stage.latest, ...allBars().map((bar) => end(bar, at)));
		byId("stage").dataset.state = "ended";
	}
	showFigures(entry.figures, happening.kind === "BEGIN" || happening.kind === "END");
}

function act(lane, happening, at) {
	const bar = lane.open.get(happening.caller);
	switch (happening.kind) {
		case "WAIT":
			wait(lane, happening.caller, at);
			break;
		case "ENTER":
			enter(lane, happening, at);
			break;
		case "RENEWED":
			if (bar) {
				lengthen(bar, happening.hold.until);
			}
			break;
		case "TIMED_OUT":
			leaveQueue(lane, happening.caller, at);
			mark(lane, "gave-up", at, "gave up");
			break;
		case "FROZEN":
			mark(lane, "frozen", at, "frozen");
			break;
		case "THAWED":
			mark(lane, "thawed", at, "");
			break;
		case "KILLED":
			bar.killed = at;
			mark(lane, "bad", at, "killed");
			break;
		case "LOST":
			mark(lane, "lost", at, "");
			break;
		default:
			leaveQueue(lane, happening.caller, at);
			if (happening.kind === "REFUSED") {
				mark(lane, "bad", at, "stale write refused");
			}
			if (bar) {
				bar.left = at;
				lane.open.delete(happening.caller);
			}
	}
}

function wait(lane, caller, at) {
	lane.waits.set(caller, at);
	lane.steps.push([at, lane.waits.size]);
}

function leaveQueue(lane, caller, at) {
	if (lane.waits.delete(caller)) {
		lane.steps.push([at, lane.waits.size]);
	}
}

function enter(lane, happening, at) {
	leaveQueue(lane, happening.caller, at);
	const { hold } = happening;
	const taken = new Set([...lane.open.values()].map((other) => other.track));
	let track = 0;
	while (taken.has(track)) {
		track++;
	}
	lane.tracks = Math.max(lane.tracks, track + 1);
	const bar = { caller: happening.caller, instance: happening.instance, from: at, until: hold ? hold.until : Infinity, track,
		key: hold ? hold.key : "", token: hold ? hold.token : "", rect: create("rect", { class: "bar", rx: 2 }) };
	if (lane.bars.length % 2) {
		bar.rect.classList.add("other");
	}
	Object.assign(bar.rect.dataset, { key: bar.key, holder: bar.caller, instance: bar.instance, token: bar.token, from: at });
	bar.rect.append(create("title", {}, bar.caller + (hold ? ", fencing token " + hold.token : ", without a lock")));
	lane.svg.append(bar.rect);
	lane.bars.push(bar);
	lane.open.set(happening.caller, bar);
	if (HANDED_OVER[hold?.origin]) {
		stage.passes[hold.origin]++;
		bar.pass = create("path", { class: "mark pass" });
		bar.pass.append(create("title", {}, HANDED_OVER[hold.origin]));
		lane.svg.append(bar.pass);
	}
}

function lengthen(bar, until) {
	bar.until = Math.max(bar.until, until);
	// It may have been drawn as over, if this took its time.
	delete bar.rect.dataset.to;
	bar.beyond?.remove();
	delete bar.beyond;
}

function mark(lane, kind, at, text) {
	const shape = create(kind === "gave-up" ? "circle" : "path", { class: "mark " + kind });
	const name = create("text", { class: "mark-name" }, text);
	shape.dataset.mark = kind;
	shape.dataset.at = at;
	lane.svg.append(shape, name);
	lane.marks.push({ kind, at, shape, name });
}

// ---- Figures and sentences

function showFigures(figures, speak) {
	for (const [name, value] of Object.entries(figures)) {
		byId(name).textContent = value;
	}
	byId("oversold").parentElement.classList.toggle("alarm", figures.oversold > 0);
	// Not each of hundreds of changes.
	if (speak || Date.now() - spokenAt > 3000) {
		spokenAt = Date.now();
		byId("spoken").textContent = `${figures.sold} sold, ${figures.stock} in stock, ${figures.sentAway} went without, `
			+ `${figures.refused} stale writes refused, ${figures.oversold} oversold.`;
	}
}

function showHolder(now) {
	const inside = allBars().filter((bar) => !bar.left && now < bar.until);
	const line = byId("holder");
	const [bar] = inside;
	if (!bar) {
		line.textContent = "Nobody is inside.";
	}
	else if (inside.length > 1) {
		line.textContent = `Inside at once: ${inside.length} callers` + (bar.token ? "." : ", without a lock.");
	}
	else {
		const name = document.createElement("b");
		name.textContent = bar.caller;
		line.replaceChildren("Inside: ", name, ` of ${bar.instance}` + (bar.token ? `, fencing token ${bar.token}` : ", without a lock"));
	}
	Object.assign(line.dataset, { inside: inside.length, holder: bar?.caller ?? "", instance: bar?.instance ?? "", token: bar?.token ?? "" });
	const { LOCAL, REMOTE } = stage.passes;
	const passes = LOCAL + REMOTE;
	byId("passes").textContent = passes ? `Handed over ${passes === 1 ? "once" : `${passes} times`}: ${LOCAL} inside an instance, ${REMOTE} between instances.` : "";
}

// ---- Drawing

function create(name, attributes, text) {
	const element = document.createElementNS("http://www.w3.org/2000/svg", name);
	set(element, attributes);
	if (text) {
		element.textContent = text;
	}
	return element;
}

function set(element, attributes) {
	for (const [name, value] of Object.entries(attributes)) {
		element.setAttribute(name, value);
	}
}

function allBars() {
	return [...stage.instances.values()].flatMap(({ lanes }) => [...lanes.values()]).flatMap(({ bars }) => bars);
}

// When a bar ends: with the lease, however long its holder goes on.
function end(bar, now) {
	return Math.min(bar.left ?? now, bar.until);
}

function draw() {
	if (!stage) {
		return;
	}
	const clock = Date.now() + serverAhead;
	const now = stage.ended ? stage.latest : Math.max(stage.latest, clock);
	const origin = stage.origin ?? now;
	const usual = stage.show.locked ? SPANS[stage.show.kind] : 1000;
	const span = stage.ended ? Math.max(200, stage.latest - origin) : Math.max(usual, now - origin);
	const width = byId("axis").clientWidth;
	const x = (at) => Math.round((at - origin) / span * (width - 8) * 10) / 10 + 2;
	drawAxis(x, span, origin, width, stage.ended ? null : now);
	for (const { lanes } of stage.instances.values()) {
		for (const lane of lanes.values()) {
			drawLane(lane, x, now, width);
		}
	}
	showHolder(stage.ended ? clock : now);
}

function drawLane(lane, x, now, width) {
	const height = lane.tracks === 1 ? 20 : Math.min(160, Math.max(24, lane.tracks * 3));
	const track = height / lane.tracks;
	set(lane.svg, { height: WAIT_HEIGHT + height + 2 });
	set(lane.ground, { width, height });
	const most = Math.max(1, ...lane.steps.map(([, count]) => count));
	let path = "";
	lane.steps.forEach(([at, count], index) => {
		const next = lane.steps[index + 1]?.[0] ?? (stage.ended ? at : now);
		const tall = count ? 2 + (WAIT_HEIGHT - 4) * Math.sqrt(count / Math.max(most, 8)) : 0;
		path += count ? `M${x(at)} ${WAIT_HEIGHT} V${WAIT_HEIGHT - tall} H${x(next)} V${WAIT_HEIGHT} Z ` : "";
	});
	set(lane.waiting, { d: path });
	for (const bar of lane.bars) {
		const to = end(bar, now);
		const y = WAIT_HEIGHT + bar.track * track;
		set(bar.rect, { x: x(bar.from), y, width: Math.max(.8, x(to) - x(bar.from) - .4), height: Math.max(.6, track - (track > 3 ? 1 : .2)) });
		if (bar.left || now >= bar.until) {
			bar.rect.dataset.to = to;
		}
		if (bar.killed) {
			bar.dead = part(lane, bar.dead, "dead", x(bar.killed), y, x(to), track);
		}
		else if ((bar.left ?? now) > bar.until) {
			bar.beyond = part(lane, bar.beyond, "beyond", x(bar.until), y, x(bar.left ?? now), track);
		}
		if (bar.pass) {
			const [left, middle] = [x(bar.from), WAIT_HEIGHT + track + 1];
			set(bar.pass, { d: lane.bars.length > 30 ? "" : `M${left - 5} ${middle - 16} L${left + 3} ${middle - 11} L${left - 5} ${middle - 6} Z` });
		}
	}
	lane.marks.forEach((mark) => drawMark(mark, x(mark.at), width));
}

function part(lane, element, kind, from, y, to, height) {
	if (!element) {
		element = create("rect", { class: kind, rx: 2 });
		lane.svg.append(element);
	}
	set(element, { x: from, y: y + 1, width: Math.max(0, to - from - 1), height: height - 3 });
	return element;
}

function drawMark({ kind, shape, name }, x, width) {
	const y = WAIT_HEIGHT + 10;
	const shapes = {
		frozen: `M${x - 3} ${y - 6} V${y + 6} M${x + 3} ${y - 6} V${y + 6}`,
		thawed: `M${x - 4} ${y - 6} L${x + 5} ${y} L${x - 4} ${y + 6} Z`,
		bad: `M${x - 5} ${y - 5} L${x + 5} ${y + 5} M${x + 5} ${y - 5} L${x - 5} ${y + 5}`,
		lost: `M${x} ${y - 21} L${x + 5} ${y - 16} L${x} ${y - 11} L${x - 5} ${y - 16} Z`
	};
	set(shape, kind === "gave-up" ? { cx: x, cy: y, r: 5 } : { d: shapes[kind] });
	const late = x > width - 150 && x > 150;
	// On a phone the legend has to do.
	name.style.display = width < 480 ? "none" : "";
	set(name, { x: late ? x - 10 : x + 10, y: y + 4, "text-anchor": late ? "end" : "start" });
}

function drawAxis(x, span, origin, width, now) {
	const step = [50, 100, 200, 500, 1000, 2000, 5000, 10000].find((each) => span / each <= width / 70) ?? 20000;
	const parts = [];
	for (let at = 0; at <= span; at += step) {
		const left = x(origin + at);
		parts.push(create("line", { x1: left, x2: left, y1: 0, y2: 6 }));
		const anchor = at === 0 ? "start" : left > width - 30 ? "end" : "middle";
		parts.push(create("text", { x: left, y: 19, "text-anchor": anchor }, span < 2000 ? `${at} ms` : `${at / 1000} s`));
	}
	if (now) {
		parts.push(create("line", { class: "now", x1: x(now), x2: x(now), y1: -4, y2: 8 }));
	}
	byId("axis").replaceChildren(...parts);
}

let drawnAt = 0;

// Draws while something moves: as often as the screen, or twice a second for who does not like motion.
function keepDrawing(time) {
	const rest = stage?.ended || (stage && Date.now() + serverAhead - stage.latest > 60000);
	if (!rest && (!calm.matches || time - drawnAt > 500)) {
		drawnAt = time;
		draw();
	}
	requestAnimationFrame(keepDrawing);
}

// ---- To and from the application

function listen() {
	const events = new EventSource("live/events");
	events.onopen = () => {
		byId("note").textContent = "";
	};
	events.addEventListener("hello", ({ data }) => {
		greeting = JSON.parse(data);
		serverAhead = greeting.now - Date.now();
		byId("instances").textContent = greeting.instances === 1 ? "One instance is here; start more of them on the same Redis."
			: `${greeting.instances} instances are here.`;
		document.querySelector("[data-show=FREEZE]").disabled = !greeting.freezes;
		document.body.dataset.connected = "true";
	});
	events.onmessage = ({ data }) => {
		JSON.parse(data).forEach(happen);
		draw();
	};
	events.onerror = () => {
		byId("note").textContent = "The application does not answer; trying again.";
		if (events.readyState === EventSource.CLOSED) {
			setTimeout(listen, 5000);
		}
	};
}

async function begin(kind) {
	byId("note").textContent = "";
	try {
		const answer = await fetch("live/shows", { method: "POST", headers: { "Content-Type": "application/json" },
			body: JSON.stringify({ kind, locked: byId("locked").checked }) });
		if (!answer.ok) {
			byId("note").textContent = (await answer.json()).detail ?? "That did not work; try again.";
		}
	}
	catch {
		byId("note").textContent = "The application does not answer; try again.";
	}
}

document.querySelectorAll("button[data-show]").forEach((button) => button.addEventListener("click", () => begin(button.dataset.show)));
new ResizeObserver(draw).observe(byId("stage"));
listen();
requestAnimationFrame(keepDrawing);
