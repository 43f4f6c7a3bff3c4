// Sends the query with the token and shows the answer as it came. The token stays in this page.
const field = (id) => document.getElementById(id);

field('ask').addEventListener('submit', async (submitted) => {
  submitted.preventDefault();
  field('answer').textContent = '…';
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${field('token').value.trim()}` },
      body: JSON.stringify({ query: field('query').value }),
    });
    field('answer').textContent = JSON.stringify(await answer.json(), null, 2);
  } catch (fault) {
    field('answer').textContent = `No answer: ${fault.message}`;
  }
});
