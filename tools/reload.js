// Trunk tells over a socket how a rebuild ended. Part of development builds only.
function listen(afterLoss) {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/.well-known/trunk/ws`);
  socket.onopen = () => afterLoss && location.reload();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "reload") location.reload();
    if (message.type === "buildFailure") console.error(message.data.reason);
  };
  socket.onclose = () => setTimeout(listen, 2000, true);
}

listen(false);
