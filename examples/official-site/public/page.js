// What a page gains by a script; everything works without, but for the link whose token only a script can read.

/** The token of the link stands in the fragment: it gets to the server only when the person presses the button. */
function fillInToken() {
  const place = document.querySelector('[data-token-form]');
  if (place === null) return;
  const token = location.hash.slice(1);
  const isToken = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) && token.length < 2048;
  place.hidden = !isToken;
  document.querySelector('[data-no-token]').hidden = isToken;
  if (!isToken) return;
  place.querySelector('[name=token]').value = token;
  // Another language is the same link.
  for (const link of document.querySelectorAll('.languages a')) link.hash = location.hash;
  // Once it is used, it need not stand in the address any more.
  place
    .querySelector('form')
    .addEventListener('submit', () => history.replaceState(null, '', location.pathname));
}

/** Asks whether the chat has told of it: soon at first, then less often, and at once when the person comes back. */
function waitForChat() {
  const place = document.querySelector('[data-waiting]');
  if (place === null) return;
  const slow = document.querySelector('[data-slow]');
  const began = Date.now();
  let pause = 700;
  let timer = 0;
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    clearTimeout(timer);
    try {
      const response = await fetch('/status', { headers: { accept: 'application/json' } });
      const answer = await response.json();
      if (answer.next !== null) {
        location.replace(answer.next);
        return;
      }
      slow.hidden = !answer.slow && Date.now() - began < 90_000;
    } catch {
      slow.hidden = false;
    }
    isAsking = false;
    pause = Math.min(pause * 1.2, 3000);
    timer = setTimeout(ask, pause);
  };
  timer = setTimeout(ask, pause);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask();
  });
}

/** Shows how strong a password is while it is typed, and what was typed to who wants to see it. */
function helpWithPassword() {
  const place = document.querySelector('[data-strength]');
  if (place === null) return;
  const form = place.closest('form');
  const field = form.querySelector('[name=password]');
  const meter = place.querySelector('meter');
  const words = place.querySelector('p');
  let timer = 0;
  let asked = 0;
  const measure = async () => {
    asked += 1;
    const mine = asked;
    const body = new URLSearchParams({
      form: form.querySelector('[name=form]').value,
      password: field.value,
    });
    try {
      const response = await fetch('/reset/strength', { method: 'POST', body });
      const answer = await response.json();
      if (mine !== asked || answer === null) return;
      place.hidden = field.value === '';
      meter.value = answer.score;
      words.textContent = answer.sentence;
    } catch {
      // Without the meter; the page says it all the same when the form is sent.
      place.hidden = true;
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(measure, 400);
  });
  const show = form.querySelector('[data-show]');
  show.hidden = false;
  show.querySelector('input').addEventListener('change', (event) => {
    for (const each of form.querySelectorAll('[name=password], [name=again]'))
      each.type = event.target.checked ? 'text' : 'password';
  });
}

fillInToken();
addEventListener('hashchange', fillInToken);
waitForChat();
helpWithPassword();
