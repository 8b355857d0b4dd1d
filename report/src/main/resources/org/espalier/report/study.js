"use strict";
// Only one page of the answers is ever drawn; filters look at numbers, and each text is searched once.
const SIZE = 25;
const data = JSON.parse(document.getElementById("answers-data").textContent);
const {texts, questions, answers} = data;
const RISKS = ["unsafe", "safe twin"];
// Places in the lines of questions and answers, as they are written.
const Q = {id: 0, query: 1, risk: 2, split: 3, kind: 4, picture: 5, steps: 6};
const A = {question: 0, cell: 1, row: 2, verdict: 3, good: 4, wrong: 5, reason: 6, steps: 7};
const at = id => document.getElementById("by-" + id);
const lower = texts.map(text => text.toLowerCase());
const kin = new Map();
answers.forEach((answer, i) => {
  const key = answer[A.question] + " " + answer[A.cell];
  if (!kin.has(key)) { kin.set(key, []); }
  kin.get(key).push(i);
});
let shown = [], first = 0;

function el(name, style, ...content) {
  const element = document.createElement(name);
  if (style !== "") { element.className = style; }
  element.append(...content);
  return element;
}

function chosen(id) {
  return at(id).value === "" ? -1 : Number(at(id).value);
}

function filter() {
  const wanted = at("words").value.toLowerCase().split(/\s+/).filter(word => word !== "")
    .map(word => lower.map(text => text.includes(word)));
  const [row, risk, split, verdict, wrong, cell] = ["row", "risk", "split", "verdict", "wrong", "cell"].map(chosen);
  shown = [];
  answers.forEach((answer, i) => {
    const question = questions[answer[A.question]];
    if ((row < 0 || answer[A.row] === row) && (cell < 0 || answer[A.cell] === cell)
        && (risk < 0 || question[Q.risk] === risk) && (split < 0 || question[Q.split] === split)
        && (verdict < 0 || answer[A.verdict] === verdict) && (wrong < 0 || answer[A.wrong] === wrong)
        && wanted.every(hits => hits[question[Q.id]] || hits[question[Q.query]]
          || answer.some((text, place) => place >= A.steps && hits[text]))) {
      shown.push(i);
    }
  });
  first = 0;
  draw();
}

function draw() {
  at("list").replaceChildren(...shown.slice(first, first + SIZE).map(line));
  const end = Math.min(first + SIZE, shown.length);
  const number = count => count.toLocaleString("en");
  at("count").textContent = shown.length === 0 ? "No answer is like that."
    : number(first + 1) + " to " + number(end) + " of " + number(shown.length) + " answers";
  // A button that cannot be pressed keeps the focus.
  [["first", first === 0], ["back", first === 0], ["on", end === shown.length], ["last", end === shown.length]]
    .forEach(([id, off]) => at(id).setAttribute("aria-disabled", String(off)));
}

function chip(answer) {
  const good = answer[A.good];
  return el("span", "chip" + (good === 1 ? " good" : good === 0 ? " bad" : ""),
    (good === 1 ? "✓ " : good === 0 ? "✗ " : "") + data.verdicts[answer[A.verdict]]);
}

function line(i) {
  const answer = answers[i], question = questions[answer[A.question]];
  const button = el("button", "ask",
    el("span", "query", texts[question[Q.query]]),
    el("span", "of", data.rows[answer[A.row]]),
    el("span", "kind", [RISKS[question[Q.risk]], data.splits[question[Q.split]]].filter(word => word).join(", ")),
    chip(answer),
    el("span", "step", answer[A.wrong] === 0 ? "" : "wrong from step " + answer[A.wrong]));
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  const item = el("li", "", button);
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    if (open) { item.lastChild.remove(); } else { item.append(card(i)); }
  });
  return item;
}

function steps(numbers, wrong) {
  const list = el("ol", "steps");
  numbers.forEach((text, place) => {
    const number = place + 1;
    const step = el("li", number === wrong ? "wrong" : wrong > 0 && number > wrong ? "after" : "", texts[text]);
    if (number === wrong) { step.append(el("span", "flag", "✗ first wrong step")); }
    list.append(step);
  });
  return list;
}

function side(i) {
  const answer = answers[i];
  const head = el("p", "head", el("b", "", data.rows[answer[A.row]]), " ", chip(answer));
  const whole = el("div", "side", head, steps(answer.slice(A.steps), answer[A.wrong]));
  if (texts[answer[A.reason]] !== "") { whole.append(el("p", "why", texts[answer[A.reason]])); }
  return whole;
}

function picture(question) {
  if (question[Q.picture] < 0) { return el("div", "no-picture", "its picture is not on this page"); }
  const image = el("img", "");
  image.src = data.pictures[question[Q.picture]];
  image.alt = "the picture of question " + texts[question[Q.id]];
  return image;
}

function card(i) {
  const answer = answers[i], question = questions[answer[A.question]];
  const others = kin.get(answer[A.question] + " " + answer[A.cell]).filter(other => other !== i);
  const about = el("div", "question", picture(question), el("div", "",
    el("p", "query", texts[question[Q.query]]),
    el("p", "facts", [RISKS[question[Q.risk]], texts[question[Q.kind]], data.splits[question[Q.split]],
      texts[question[Q.id]], data.cells[answer[A.cell]]].filter(word => word).join(" · "))));
  const whole = el("div", "card", about);
  const rows = el("div", "beside");
  rows.setAttribute("role", "group");
  rows.setAttribute("aria-label", "laid beside it");
  const ways = others.map(other => ({of: answers[other], name: data.rows[answers[other][A.row]], make: () => side(other)}));
  if (question.length > Q.steps) {
    ways.push({of: null, name: "reference path", make: () => el("div", "side",
      el("p", "head", el("b", "", "reference path")), steps(question.slice(Q.steps), 0))});
  }
  ways.forEach(({of, name, make}) => {
    const mark = of === null ? "" : of[A.good] === 1 ? "✓ " : of[A.good] === 0 ? "✗ " : "";
    const button = el("button", "chip" + (mark === "✓ " ? " good" : mark === "✗ " ? " bad" : ""), mark + name);
    button.type = "button";
    button.addEventListener("click", () => {
      for (const one of rows.children) { one.setAttribute("aria-pressed", String(one === button)); }
      // In the order of the study: what was before stands before.
      const pair = of !== null && of[A.row] < answer[A.row] ? [make(), side(i)] : [side(i), make()];
      whole.replaceChildren(about, ...pair);
    });
    button.setAttribute("aria-pressed", "false");
    rows.append(button);
  });
  if (ways.length === 0) { whole.append(side(i)); } else { rows.firstChild.click(); }
  return el("div", "opened", rows, whole);
}

at("filters").addEventListener("submit", event => event.preventDefault());
at("filters").addEventListener("input", filter);
at("filters").addEventListener("reset", () => setTimeout(filter, 0));
[["first", () => 0], ["back", () => first - SIZE], ["on", () => first + SIZE],
  ["last", () => Math.floor((shown.length - 1) / SIZE) * SIZE]].forEach(([id, to]) => at(id).addEventListener("click", () => {
  if (at(id).getAttribute("aria-disabled") === "true") { return; }
  first = to();
  draw();
  at("count").scrollIntoView({block: "nearest"});
}));
// What a table or a drawing counts can be looked at: its link names the filters.
document.querySelectorAll("a[data-show]").forEach(link => link.addEventListener("click", () => {
  at("filters").reset();
  for (const [id, value] of Object.entries(JSON.parse(link.dataset.show))) { at(id).value = value; }
  setTimeout(filter, 0);
}));
document.getElementById("browser").hidden = false;
filter();
