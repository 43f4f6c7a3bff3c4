import { readToken } from './token.js';

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function Who({ token }) {
  if (!token) return <span className="who">No token: the documentation can be read, nothing can be asked.</span>;
  const known = readToken(token);
  if (!known) return <span className="who wrong" role="alert">This is no token.</span>;
  const isOver = known.expires < new Date();
  return (
    <span className={isOver ? 'who wrong' : 'who'} role={isOver ? 'alert' : undefined}>
      <b>{known.role}</b>
      {known.municipality && <> of {known.municipality}</>}
      {isOver ? ', ended ' : ', until '}{time.format(known.expires)}
    </span>
  );
}

/** Who asks. What is pasted is taken over at once. */
export function TokenBar({ token, onToken }) {
  return (
    <header className="token-bar">
      <a className="home" href="/"><img src="/graphql/ide/icon.svg" alt="" width="22" height="22" />OsstOrleans</a>
      <label htmlFor="token">Token</label>
      <input
        id="token" type="password" value={token} placeholder="./osst token --role researcher" autoComplete="off"
        spellCheck="false" onChange={(event) => onToken(event.target.value.trim())}
      />
      <button type="button" onClick={() => onToken('')} disabled={!token}>Forget</button>
      <Who token={token} />
    </header>
  );
}
