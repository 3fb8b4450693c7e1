// A mail server for the tests: keeps what it takes as files, refuses and fails where an address asks for it
// (refused…, later… once, away… always; unwanted… gets the whole message refused).
// Arguments: port, folder, and by choice "signed" (only after a sign-in as user / right) or "in" (away… is back).
import { writeFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [port, folder, mode] = process.argv.slice(2);
let taken = 0;
let greyed = false;

const server = new SMTPServer({
  authOptional: mode !== 'signed',
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _, done) => username === 'user' && password === 'right' ? done(null, { user: username }) : done(new Error('Wrong user or password')),
  onRcptTo: ({ address }, _, done) => {
    if (address.startsWith('refused')) {
      return done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    }

    if (address.startsWith('later') && !greyed) {
      greyed = true;
      return done(Object.assign(new Error('Come again'), { responseCode: 450 }));
    }

    if (address.startsWith('away') && mode !== 'in') {
      return done(Object.assign(new Error('Nobody is in'), { responseCode: 450 }));
    }

    done();
  },
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      if (session.envelope.rcptTo.some(one => one.address.startsWith('unwanted'))) {
        return done(Object.assign(new Error('Looks like spam'), { responseCode: 554 }));
      }

      const name = `${folder}/${++taken}`;
      writeFileSync(`${name}.to`, session.envelope.rcptTo.map(one => one.address).join('\n'));
      writeFileSync(`${name}.eml`, Buffer.concat(parts));
      done();
    });
  },
});
server.on('error', error => console.error(error.message));
server.listen(Number(port), '127.0.0.1');
