import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";

const sslRequestCode = 80_877_103;

/** The name in the certificate, which is not that of the test server. */
const certifiedName = "db.example";

export interface TlsProxy {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** Path of the certificate, which is its own authority. */
  readonly certificate: string;
  /** Connections that were encrypted, and those that were not. */
  readonly counts: { encrypted: number; plain: number };
  close(): Promise<void>;
}

/** A server in front of `target` that offers TLS, and takes connections without it. */
export async function startTlsProxy(target: string): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), "recordgate-tls-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", `/CN=${certifiedName}`, "-addext", `subjectAltName=DNS:${certifiedName}`];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files], {
    stdio: "ignore",
  });
  const pem = { key: readFileSync(key), cert: readFileSync(certificate) };
  const url = new URL(target);
  const sockets = new Set<Socket>();
  const counts = { encrypted: 0, plain: 0 };
  const forward = (client: Socket): void => {
    const server = connect(Number(url.port), url.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    client.pipe(server).pipe(client);
  };
  const listener = createServer((raw) => {
    raw.on("error", () => undefined);
    raw.once("data", (first) => {
      raw.pause();
      if (first.length === 8 && first.readInt32BE(4) === sslRequestCode) {
        counts.encrypted += 1;
        raw.write("S");
        forward(new TLSSocket(raw, { isServer: true, ...pem }));
        return;
      }
      counts.plain += 1;
      raw.unshift(first);
      forward(raw);
    });
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  url.port = String((listener.address() as AddressInfo).port);
  const through = url.href;
  url.port = new URL(target).port;
  return {
    url: through,
    certificate,
    counts,
    async close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}
