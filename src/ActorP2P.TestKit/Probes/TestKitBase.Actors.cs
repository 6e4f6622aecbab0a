namespace ActorP2P.TestKit;

/// <content>Events, and actors to look into.</content>
public partial class TestKitBase
{
    /// <summary>Expects events of the system.</summary>
    public EventFilterFactory EventFilter => new(this);

    /// <summary>Makes an actor whose instance the test may look into.</summary>
    /// <param name="factory">Makes the instance, anew at each restart.</param>
    /// <param name="name">Its name; null: any.</param>
    public TestActorRef<TActor> ActorOfAsTestActorRef<TActor>(Func<TActor> factory, string? name = null)
        where TActor : ActorBase
    {
        ArgumentNullException.ThrowIfNull(factory);
        Observed<TActor> producer = new(factory);
        IActorRef actor = Sys.ActorOf(Props.CreateBy(producer), name);

        // The first turn makes the instance; an answer to Identify comes after it.
        TestProbe probe = CreateTestProbe();
        probe.Send(actor, new Identify(typeof(TActor).Name));
        probe.ExpectMsg<ActorIdentity>();
        probe.Dispose();
        return new TestActorRef<TActor>(actor, () => producer.Instance);
    }

    private sealed class Observed<TActor>(Func<TActor> factory) : IIndirectActorProducer
        where TActor : ActorBase
    {
        private volatile TActor? _instance;

        public TActor? Instance => _instance;

        public Type ActorType => typeof(TActor);

        public ActorBase Produce()
        {
            TActor made = factory();
            _instance = made;
            return made;
        }

        public void Release(ActorBase actor)
        {
            // The test may still look at it.
        }
    }
}
