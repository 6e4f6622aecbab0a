using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class MessageRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("sender-outside")]
    public async Task sender_outside()
    {
        Recorder said = Said;
        Sys.ActorOf(Props.Create(() => new SenderTeller(said))).Tell("outside");
        Row("outside from deadLetters", await Said.Next());
    }

    [Row("sender-forward")]
    public async Task sender_forward()
    {
        Recorder said = Said;
        IActorRef target = Sys.ActorOf(Props.Create(() => new SenderTeller(said)));
        IActorRef forwarder = Sys.ActorOf(Props.Create(() => new Forwarder(target)));
        IActorRef someone = Sys.ActorOf(Props.Create(() => new Silent()), "someone");
        forwarder.Tell("fwd", someone);
        Row("fwd from someone", await Said.Next());
    }

    [Row("fifo-5000")]
    public async Task fifo_5000()
    {
        Recorder said = Said;
        IActorRef actor = Sys.ActorOf(Props.Create(() => new InOrder(said, 5000)));
        for (int i = 0; i < 5000; i++)
        {
            actor.Tell(i);
        }
        Row("True", await Said.Next());
    }

    [Row("unhandled")]
    public async Task unhandled()
    {
        await Listen<UnhandledMessage>(unheard => $"{unheard.Message} recipient={unheard.Recipient.Path.Name}");
        Sys.ActorOf(Props.Create(() => new Picky()), "picky").Tell(42);
        Row("42 recipient=picky", await Said.Next());
    }

    [Row("dead-letter")]
    public async Task dead_letter()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()), "named");
        await actor.GracefulStop(Patience);
        await Listen<DeadLetter>(letter => $"{letter.Message} recipient={letter.Recipient.Path.Name}");
        actor.Tell("late");
        Row("late recipient=named", await Said.Next());
    }

    [Row("subscribe-new")]
    public void subscribe_new() => Row(
        "True", $"{Sys.EventStream.Subscribe(Sys.ActorOf(Props.Create(() => new Silent())), typeof(string))}");

    [Row("subscribe-again")]
    public void subscribe_again()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Silent()));
        Sys.EventStream.Subscribe(actor, typeof(string));
        Row("False", $"{Sys.EventStream.Subscribe(actor, typeof(string))}");
    }

    [Row("eventstream-subtype")]
    public async Task eventstream_subtype()
    {
        await Listen<Base>(published => published.GetType().Name);
        Sys.EventStream.Publish(new Derived());
        Row("Derived", await Said.Next());
    }

    [Row("log-event")]
    public async Task log_event()
    {
        await Listen<LogEvent>(entry =>
            $"{entry.LogLevel()} '{entry.Message}' cause={entry.Cause?.GetType().Name} src={entry.LogSource}");
        Logging.GetLogger(Sys, "src").Error(new Boom("b"), "n={0} s={1}", 1, "two");
        Row("ErrorLevel 'n=1 s=two' cause=Boom src=src (akka://probe)", await Said.Next());
    }

    [Row("hocon")]
    public void hocon()
    {
        Config config = ConfigurationFactory.ParseString(
            """
            my { t = 10s, size = 64KiB, d = "hello", path = ${my.d}/x, list = [1, 2, 3] }
            """);
        string text = $"{config.GetTimeSpan("my.t").TotalSeconds:0}s {config.GetByteSize("my.size")} "
            + $"{config.GetString("my.path")} {string.Join('+', config.GetStringList("my.list"))} "
            + $"missing={config.GetString("my.none", "def")} has={config.HasPath("my.d")}";
        Row("10s 65536 hello/x 1+2+3 missing=def has=True", text);
    }

    public class Base;

    public sealed class Derived : Base;

    private sealed class SenderTeller : UntypedActor
    {
        private readonly Recorder _said;

        public SenderTeller(Recorder said) => _said = said;

        protected override void OnReceive(object message) => _said.Add($"{message} from {Sender.Path.Name}");
    }

    private sealed class Forwarder : UntypedActor
    {
        private readonly IActorRef _target;

        public Forwarder(IActorRef target) => _target = target;

        protected override void OnReceive(object message) => _target.Forward(message);
    }

    private sealed class InOrder : ReceiveActor
    {
        private int _next;
        private bool _ordered = true;

        public InOrder(Recorder said, int count) => Receive<int>(number =>
        {
            _ordered &= number == _next++;
            if (_next == count)
            {
                said.Add($"{_ordered}");
            }
        });
    }

    private sealed class Picky : ReceiveActor
    {
        public Picky() => Receive<string>(_ => { });
    }
}
