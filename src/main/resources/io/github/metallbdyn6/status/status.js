"use strict";

// The server writes the whole page; this only fetches it again and puts in what differs.
// Nodes that stay keep their focus, their selection, and whether they are unfolded.

const PERIOD = 3000;
const PATIENCE = 5000;
const contact = document.getElementById("contact");
let heard = new Date();
let shown = "";

function sameKind(now, fresh) {
  return now.nodeType === fresh.nodeType && now.nodeName === fresh.nodeName;
}

function copyAttributes(now, fresh) {
  for (const { name } of [...now.attributes]) {
    if (name !== "open" && !fresh.hasAttribute(name)) {
      now.removeAttribute(name);
    }
  }
  for (const { name, value } of fresh.attributes) {
    if (now.getAttribute(name) !== value) {
      now.setAttribute(name, value);
    }
  }
}

function become(now, fresh) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== fresh.nodeValue) {
      now.nodeValue = fresh.nodeValue;
    }
    return;
  }
  copyAttributes(now, fresh);
  const wanted = [...fresh.childNodes];
  wanted.forEach((child, index) => {
    const old = now.childNodes[index];
    if (old && sameKind(old, child)) {
      become(old, child);
    } else if (old) {
      old.replaceWith(document.importNode(child, true));
    } else {
      now.append(document.importNode(child, true));
    }
  });
  while (now.childNodes.length > wanted.length) {
    now.lastChild.remove();
  }
}

function utc(time) {
  return time.toISOString().slice(0, 19).replace("T", " ") + " UTC";
}

// It is read aloud, so it is touched only when it changes.
function tell(text, lost) {
  if (text !== shown) {
    shown = text;
    contact.textContent = text;
    document.documentElement.classList.toggle("lost", lost);
  }
}

// The page must not go on to say that all is well. The next answer writes all of it anew.
function showSilence() {
  const top = document.querySelector(".now");
  top.className = "now silent";
  document.getElementById("state").textContent = "No contact";
  top.querySelector(".summary").textContent =
    "The program has not answered since " + utc(heard) + ". What stands here is how it was then.";
  document.title = "No contact · metallb-dyn6";
}

async function refresh() {
  try {
    const answer = await fetch("./" + location.search, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) {
      throw new Error(answer.statusText);
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = fresh.title;
    for (const part of ["main", "footer"]) {
      become(document.querySelector(part), fresh.querySelector(part));
    }
    heard = new Date();
    tell("Live", false);
  } catch {
    tell("No contact since " + utc(heard), true);
    showSilence();
  }
}

async function forever() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(forever, PERIOD);
}

document.addEventListener("visibilitychange", () => document.hidden || refresh());
forever();
