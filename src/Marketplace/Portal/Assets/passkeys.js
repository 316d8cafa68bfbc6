// Passkeys: the browser makes or asks them, the form carries the answer. Without script, or without passkeys, these forms are not shown.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const known = list => (list ?? []).map(c => ({ ...c, id: bytes(c.id) }));

const make = async options => {
  const made = await navigator.credentials.create({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
  } });
  return plain(made, {
    clientDataJSON: text(made.response.clientDataJSON),
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const ask = async options => {
  const given = await navigator.credentials.get({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: known(options.allowCredentials),
  } });
  return plain(given, {
    clientDataJSON: text(given.response.clientDataJSON),
    authenticatorData: text(given.response.authenticatorData),
    signature: text(given.response.signature),
    userHandle: given.response.userHandle ? text(given.response.userHandle) : null,
  });
};

const plain = (credential, response) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  clientExtensionResults: credential.getClientExtensionResults(),
  response,
});

const run = async form => {
  const error = form.querySelector('[data-passkey-error]');
  error.hidden = true;
  try {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form), headers: { 'X-Portal-Script': '1' } });
    const options = await answer.json();
    if (!answer.ok) throw new Error(options.error);
    const credential = await (form.dataset.passkey === 'create' ? make(options) : ask(options));
    form.elements.Credential.value = JSON.stringify(credential);
    const stay = form.dataset.stay && document.querySelector(`form:not([data-passkey]) ${form.dataset.stay}`);
    if (stay) form.elements.Stay.value = stay.checked ? 'true' : 'false';
    form.submit();
  } catch (e) {
    // What our server says is in the reader's words; what the browser says is not.
    error.textContent = e.name === 'Error' && e.message ? e.message : form.dataset.failed;
    error.hidden = false;
    form.querySelector('button').disabled = false;
  }
};

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll('[data-without-script]').forEach(e => { e.hidden = true; });
  document.querySelectorAll('[data-with-script]').forEach(e => { e.hidden = false; });
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', event => {
      event.preventDefault();
      form.querySelector('button').disabled = true;
      run(form);
    });
  }
}
