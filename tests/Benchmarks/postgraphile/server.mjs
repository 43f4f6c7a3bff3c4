// PostGraphile as its documentation starts it: node server.mjs PORT CONNECTION-STRING
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';

const [port, connection] = process.argv.slice(2);
const options = { disableQueryLog: true, graphiql: false };
createServer(postgraphile(connection, 'bench', options)).listen(Number(port), '127.0.0.1');
