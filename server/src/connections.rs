//! Connections of clients: what `axum::serve` does, and whoever begins a request without going on is cut off.

use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::serve::Listener;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Layer;

/// How long the head of a request may take; also how long a connection stays open between two requests.
const HEAD_WITHIN: Duration = Duration::from_secs(30);

/// Answers whoever connects until `shutdown`; then finishes the requests under way and closes the connections.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken) {
    serve_within(listener, router, shutdown, HEAD_WITHIN).await;
}

async fn serve_within(mut listener: TcpListener, router: Router, shutdown: CancellationToken, head_within: Duration) {
    let connections = TaskTracker::new();
    loop {
        let (stream, client) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = shutdown.cancelled() => break,
        };
        connections.spawn(answer(stream, client, router.clone(), shutdown.clone(), head_within));
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// Answers the requests of one connection, one after another.
async fn answer(stream: TcpStream, client: SocketAddr, router: Router, shutdown: CancellationToken, head_within: Duration) {
    // By itself the builder would first wait for the client to show its version of HTTP, however long that takes.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head_within);
    let service = TowerToHyperService::new(Extension(ConnectInfo(client)).layer(router));
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = shutdown.cancelled() => None,
    };
    let ended = if let Some(ended) = ended {
        ended
    } else {
        connection.as_mut().graceful_shutdown();
        connection.await
    };
    if let Err(error) = ended {
        tracing::trace!(%error, "a connection has ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::mpsc;
    use tokio::task::JoinHandle;
    use tokio::time::{Instant, sleep, timeout};

    use super::*;

    const HEAD_WITHIN: Duration = Duration::from_millis(400);

    struct Serving {
        address: SocketAddr,
        shutdown: CancellationToken,
        ended: JoinHandle<()>,
    }

    async fn serving(router: Router) -> Serving {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let ended = tokio::spawn(serve_within(listener, router, shutdown.clone(), HEAD_WITHIN));
        Serving { address, shutdown, ended }
    }

    /// A router that tells the client's address.
    fn telling() -> Router {
        Router::new().route("/", get(|ConnectInfo(client): ConnectInfo<SocketAddr>| async move { client.to_string() }))
    }

    /// Everything that comes until the server closes the connection.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut received = Vec::new();
        timeout(Duration::from_secs(5), stream.read_to_end(&mut received)).await.expect("the server closes the connection").unwrap();
        String::from_utf8(received).unwrap()
    }

    #[tokio::test]
    async fn a_client_is_answered_and_known_by_its_address() {
        let serving = serving(telling()).await;
        let mut stream = TcpStream::connect(serving.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&stream.local_addr().unwrap().to_string()), "{answer}");
    }

    #[tokio::test]
    async fn whoever_does_not_finish_the_head_of_a_request_is_cut_off() {
        let serving = serving(telling()).await;
        for begun in ["", "G", "GET / HTTP/1.1\r\nHost: local"] {
            let mut stream = TcpStream::connect(serving.address).await.unwrap();
            let started = Instant::now();
            stream.write_all(begun.as_bytes()).await.unwrap();
            rest(&mut stream).await;
            assert!(started.elapsed() >= HEAD_WITHIN / 2, "{begun}");
        }
    }

    #[tokio::test]
    async fn an_answer_may_take_longer_than_a_head() {
        let slow = || async {
            sleep(HEAD_WITHIN * 2).await;
            "late"
        };
        let serving = serving(Router::new().route("/", get(slow))).await;
        let mut stream = TcpStream::connect(serving.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        assert!(rest(&mut stream).await.ends_with("late"));
    }

    #[tokio::test]
    async fn what_is_under_way_is_finished_and_the_rest_closed() {
        let (begun, mut has_begun) = mpsc::channel(1);
        let slow = move || {
            let begun = begun.clone();
            async move {
                begun.send(()).await.unwrap();
                sleep(Duration::from_millis(200)).await;
                "done"
            }
        };
        let serving = serving(Router::new().route("/", get(slow))).await;
        let mut idle = TcpStream::connect(serving.address).await.unwrap();
        let mut stream = TcpStream::connect(serving.address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        has_begun.recv().await.unwrap();
        serving.shutdown.cancel();
        assert!(rest(&mut stream).await.ends_with("done"));
        assert_eq!(rest(&mut idle).await, "");
        timeout(Duration::from_secs(5), serving.ended).await.expect("serving ends").unwrap();
        assert!(TcpStream::connect(serving.address).await.is_err());
    }
}
