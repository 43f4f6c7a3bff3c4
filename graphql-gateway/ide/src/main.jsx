import './workers.js';
import { useGraphiQLActions } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';
import { examples } from './examples.js';
import { fetcher } from './fetcher.js';
import { TokenBar } from './TokenBar.jsx';
import { saveToken, savedToken } from './token.js';

/** Asks for the schema again when the token changes. */
function Introspection({ token }) {
  const { introspect } = useGraphiQLActions();
  const known = useRef(token);
  useEffect(() => {
    if (known.current !== token) introspect();
    known.current = token;
  }, [token, introspect]);
  return null;
}

const tabs = examples();

function Ide() {
  const [token, setToken] = useState(savedToken);
  const take = (given) => {
    saveToken(given);
    setToken(given);
  };
  return (
    <>
      <TokenBar token={token} onToken={take} />
      <GraphiQL
        fetcher={fetcher} defaultTabs={tabs} initialVariables={tabs[0].variables} storage={sessionStorage}
        isHeadersEditorEnabled={false} showPersistHeadersSettings={false} defaultEditorToolsVisibility="variables"
      >
        <GraphiQL.Logo>GraphQL</GraphiQL.Logo>
        <Introspection token={token} />
      </GraphiQL>
    </>
  );
}

createRoot(document.getElementById('ide')).render(<Ide />);
