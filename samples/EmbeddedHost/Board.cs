using ActorP2P;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;

namespace EmbeddedHost;

/// <summary>Answers the moves of peers, and tells the league of them.</summary>
internal sealed class Board : ReceiveActor
{
    public Board(Games games, IRequiredActor<League> league)
    {
        Receive<Move>(move =>
        {
            Position position = games.Play(move);
            Sender.Tell(position);

            // The league's node starts after this actor, and before the lobby that sends moves.
            league.ActorRef.Tell(new P2P.Broadcast(new Played(move.Text, position.Number)));
        });
        Receive<P2P.BroadcastSent>(sent => Context.GetLogger().Debug("The league has {0} peers", sent.Peers));
        Receive<Status.Failure>(failure => Context.GetLogger().Warning(failure.Cause, "The league was not told"));
    }
}
