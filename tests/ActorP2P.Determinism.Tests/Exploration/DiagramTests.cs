using System.Xml;
using System.Xml.Linq;
using ActorP2P.Determinism.Tests.Races;

namespace ActorP2P.Determinism.Tests;

/// <summary>Diagrams of failures: what they show, and that they are well-formed.</summary>
public sealed class DiagramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("exploration");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_diagram_shows_the_past_of_the_failure_alone()
    {
        CausalDiagram diagram = Failure(new TerminatedFirst()).Diagram;

        Assert.Equal(["test", "/user/parent", "/user/parent/worker", "/user/parent/formatter"], diagram.Participants);
        DiagramMessage failing = Assert.Single(diagram.Messages, static message => message.IsFailing);
        Assert.Equal("Terminated worker", failing.Text);
        Assert.Null(diagram.Messages[^1].HandledAt);
        Assert.Equal("Result { Value = 42 }", diagram.Messages[^1].Text);
    }

    [Fact]
    public void Noise_of_others_is_left_out()
    {
        ExplorationReport report = Explore.Find(Options(), static async run =>
        {
            IActorRef noisy = run.System.ActorOf(new Hooks { Receive = static (_, _) => { } }.ToProps(), "noisy");
            IActorRef failing = run.System.ActorOf(
                new Hooks { Receive = static (_, _) => Claim.Always(false, "never") }.ToProps(), "failing");
            noisy.Tell("noise");
            failing.Tell("begin");
            await run.Pass(TimeSpan.FromSeconds(1));
        });

        Assert.Equal(["test", "/user/failing"], Assert.Single(report.Failures).Diagram.Participants);
    }

    [Fact]
    public void A_diagram_shows_the_state_that_the_test_asked_for()
    {
        ExploreOptions options = Options() with
        {
            State = static actor => actor is Adding adding ? $"sum {adding.Sum}" : null,
        };
        ExplorationReport report = Explore.Find(options, static async run =>
        {
            IActorRef adding = run.System.ActorOf(Props.Create(() => new Adding()), "adding");
            adding.Tell(3);
            adding.Tell(4);
            Assert.Equal(0, await adding.Ask<int>("sum"));
        });

        CausalDiagram diagram = Assert.Single(report.Failures).Diagram;
        Assert.Equal(["sum 3"], diagram.Messages[0].Notes);
        Assert.Equal(["sum 7"], diagram.Messages[1].Notes);
        Assert.Contains("| sum 7", diagram.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_has_at_most_80_columns()
    {
        ExplorationReport report = Explore.Find(Options(), static async run =>
        {
            string name = new('n', 100);
            IActorRef actor = run.System.ActorOf(
                new Hooks { Receive = static (_, _) => Claim.Unreachable("here") }.ToProps(), name);
            actor.Tell(string.Join(' ', Enumerable.Repeat("word", 60)) + new string('x', 100));
            await run.Pass(TimeSpan.FromSeconds(1));
        });

        string text = Assert.Single(report.Failures).Diagram.ToText();
        Assert.All(text.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void The_picture_is_well_formed_and_has_nothing_from_outside()
    {
        string file = Failure(new SagaTimesOut()).Files
            .Single(static one => one.EndsWith(".svg", StringComparison.Ordinal));

        Check(XDocument.Load(file).Root!);
    }

    [Fact]
    public void The_page_is_well_formed_and_has_nothing_from_outside()
    {
        string file = Failure(new SagaTimesOut()).Files
            .Single(static one => one.EndsWith(".html", StringComparison.Ordinal));
        using XmlReader reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        XElement page = XDocument.Load(reader).Root!;

        Check(page);
        Assert.Equal("html", page.Name.LocalName);
        Assert.Single(page.Descendants(), static one => one.Name.LocalName == "svg");
        Assert.DoesNotContain(
            page.Descendants(), static one => one.Name.LocalName is "script" or "link" or "img" or "iframe");
    }

    [Fact]
    public void Strange_text_keeps_all_forms_well_formed()
    {
        ExplorationReport report = Explore.Find(Options(), static async run =>
        {
            IActorRef actor = run.System.ActorOf(
                new Hooks { Receive = static (_, _) => Claim.Unreachable("<&>") }.ToProps());
            actor.Tell("<b>&\"';#%\u0001\uFFFE\r\n]]>");
            await run.Pass(TimeSpan.FromSeconds(1));
        });

        CausalDiagram diagram = Assert.Single(report.Failures).Diagram;
        Check(XElement.Parse(diagram.ToSvg()));
        Assert.All(diagram.ToMermaid().Split('\n').Skip(1), static line =>
            Assert.Matches("^$|^    (participant P[0-9]+ as |P[0-9]+-|P[0-9]+--|Note over )", line));
    }

    private static void Check(XElement root)
    {
        IEnumerable<XAttribute> attributes = root.DescendantsAndSelf().Attributes();
        Assert.DoesNotContain(attributes, static one => !one.IsNamespaceDeclaration
            && (one.Value.Contains("//", StringComparison.Ordinal) || one.Name.LocalName is "href" or "src"));
    }

    private ExplorationFailure Failure(Race race) => Assert.Single(Explore.Find(
        race.Options with { ReportFolder = _folder.FullName }, race.Play).Failures);

    private static ExploreOptions Options() => new() { Schedules = 5, ReportFolder = "" };

    private sealed class Adding : ReceiveActor
    {
        public Adding()
        {
            Receive<int>(number => Sum += number);
            Receive<string>(_ => Sender.Tell(Sum));
        }

        public int Sum { get; private set; }
    }
}
