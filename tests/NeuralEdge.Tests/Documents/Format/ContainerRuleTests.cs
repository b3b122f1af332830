using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 1: sections, ids and flags. Offsets are those of the walk in section 8.</summary>
[TestClass]
public sealed class ContainerRuleTests
{
    private const int NetworkFlags = 18;
    private const int BindingsFlags = 94;
    private const int VectorsFlags = 138;
    private const int LabelsFlags = 726;
    private const int AboutFlags = 954;

    private static readonly ModelLimits Limits = new BoardLimits().ForReader();

    private static byte[] Sound => FactoryModel.GetBytes();

    [TestMethod]
    public void AnIdIsAtLeast1AndAscends()
    {
        FormatDocument.Says("id, at least 1; ids ascend, so none stands twice");
        Assert.AreEqual((ModelError.Section, 0), new ModelBytes(Sound).Set(16, 0).Read(Limits));
        Assert.AreEqual((ModelError.Section, 1), new ModelBytes(Sound).Set(92, 1).Read(Limits), "the network twice");
        Assert.AreEqual((ModelError.Section, 2), new ModelBytes(Sound).Set(16, 2).Read(Limits), "the bindings twice");
    }

    [TestMethod]
    public void TheCriticalBitOfAKnownSectionIsNotLookedAt()
    {
        FormatDocument.Says("A reader knows sections 1 to 3, 7 to 9 and 11 and does not look at their critical bit");
        ModelBytes file = new ModelBytes(Sound).Set(NetworkFlags, 0).Set(BindingsFlags, 0).Set(VectorsFlags, 0);
        Assert.AreEqual((ModelError.None, 0), file.Read(Limits));
    }

    [TestMethod]
    public void AnyOtherSectionThatIsCriticalIsRefusedByBoardAndHost()
    {
        FormatDocument.Says("it refuses any other section that is flagged critical, sections 4 to 6 and 10 included");
        foreach ((int flags, int id) in new[] { (LabelsFlags, 4), (AboutFlags, 6) })
        {
            ModelBytes file = new ModelBytes(Sound).Set(flags, 1);
            Assert.AreEqual((ModelError.Section, id), file.Read(Limits));
            Assert.ThrowsExactly<NeuralEdge.Conversion.InputRefusedException>(() => ModelFile.Parse(file.File, "file"));
        }

        (int, bool, byte[])[] sections = Sections(Sound);
        byte[] later = ModelWriter.Container([.. sections, (4711, false, [1, 2, 3])]);
        Assert.AreEqual((ModelError.None, 0), ModelBytes.Read(later, Limits), "a section of a later version, not critical");
        byte[] critical = ModelWriter.Container([.. sections, (4711, true, [])]);
        Assert.AreEqual((ModelError.Section, 4711), ModelBytes.Read(critical, Limits));
    }

    [TestMethod]
    public void AWriterSetsTheFlagsOfTheTable()
    {
        FormatDocument.Says("A writer sets the flags as in this table.");
        foreach ((int id, bool critical, _) in Sections(Sound))
        {
            Assert.AreEqual(id <= ModelFormat.GoldenSection, critical);
            FormatDocument.Says($"| {id} | {(id switch { 1 => "network", 2 => "bindings", 3 => "golden vectors", 4 => "labels", 5 => "certificate", _ => "about" })} | {(critical ? "yes" : "no")} |");
        }
    }

    [TestMethod]
    public void WhereSectionsEndTooSoonOrTooLateTheLastIdIsReported()
    {
        FormatDocument.Says("its id; the last id read where the sections end too soon or too late");
        Assert.AreEqual((ModelError.Section, 5), new ModelBytes(Sound).Set(6, 5).Read(Limits), "one section less than there is");
        Assert.AreEqual((ModelError.Section, 6), new ModelBytes(Sound).Set(6, 7).Read(Limits), "one more");
        Assert.AreEqual((ModelError.Section, 0), new ModelBytes(Sound).Set(6, 0).Read(Limits), "none, but something is there");
    }

    [TestMethod]
    public void NetworkAndGoldenVectorsAreNeededAndNothingElse()
    {
        (int Id, bool, byte[])[] sections = Sections(Sound);
        foreach (int id in (int[])[1, 2, 3, 4, 5, 6])
        {
            byte[] file = ModelWriter.Container([.. sections.Where(section => section.Id != id)]);
            Assert.AreEqual(id is 1 or 3 ? (ModelError.Section, id) : (ModelError.None, 0), ModelBytes.Read(file, Limits), $"without {id}");
        }
    }

    [TestMethod]
    public void AFileTooShortToSayItsLengthIsRefusedWithPlace0()
    {
        FormatDocument.Says("the length it says; 0 if it is too short to say one");
        Assert.AreEqual((ModelError.Truncated, 0), ModelBytes.Read(Sound[..19], Limits));
        Assert.AreEqual((ModelError.NotAModel, 0), ModelBytes.Read(Sound[..3], Limits));
        Assert.AreEqual((ModelError.Truncated, 1000), ModelBytes.Read(Sound[..999], Limits));
    }

    internal static (int Id, bool Critical, byte[] Payload)[] Sections(byte[] file) =>
        [.. ModelFile.Parse(file, "file").Sections.OrderBy(section => section.Key)
            .Select(section => (section.Key, (file[ModelBytes.Find(file, section.Key) - 6] & 1) == 1, section.Value))];
}
