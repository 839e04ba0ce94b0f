import { useState } from "preact/hooks";
import { ApiError, signIn } from "../model/api";
import { Brand, ThemeButton } from "./common/brand";

/** What a visitor without a session sees: how to get in, and a way to paste a token. */
export function Login() {
  const [token, setToken] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    // A whole link may be pasted as well.
    const text = token.trim().replace(/^.*#token=/, "");
    try {
      await signIn(text);
      setError(null);
    } catch (e) {
      setError(e instanceof ApiError && e.status === 401 ? "This token is not one of the server's." : String(e));
    }
  };
  return (
    <div class="login" data-testid="login">
      <header class="bar">
        <Brand />
        <span class="grow" />
        <ThemeButton />
      </header>
      <main class="notice">
        <h1>Open the link that the server printed</h1>
        <p>
          Every start of <code>alidade serve</code> prints a link that ends in <code>#token=…</code>. Open it once in this
          browser; a cookie then keeps you signed in. The tokens are also in <code>~/.alidade/tokens</code>.
        </p>
        <form onSubmit={(event) => void submit(event)}>
          <label>
            Link or token
            <input
              type="password"
              autocomplete="off"
              spellcheck={false}
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary" disabled={token.trim() === ""}>
            Sign in
          </button>
        </form>
        {error !== null && (
          <p class="warning" role="alert">
            {error}
          </p>
        )}
      </main>
    </div>
  );
}
