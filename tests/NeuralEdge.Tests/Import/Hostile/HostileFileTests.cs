using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import;
using NeuralEdge.Tests.Import.Fann;
using NeuralEdge.Tests.Import.Keras;
using NeuralEdge.Tests.Import.Onnx;
using NeuralEdge.Tests.Import.Onnx.Forms;
using NeuralEdge.Tests.Import.TfLite;

namespace NeuralEdge.Tests.Import.Hostile;

/// <summary>
/// Broken files of every kind end in a result or in one sentence: no other exception, no hang, no memory beyond a limit.
/// A longer campaign: <c>NEURALEDGE_MUTATIONS=1000000 dotnet test --filter Name=MutatedFilesGiveAResultOrARefusal</c>,
/// with <c>NEURALEDGE_SEED</c> for other files.
/// </summary>
[TestClass]
public sealed class HostileFileTests
{
    private const int MutationsInSuite = 20_000;

    /// <summary>What reading one of these small files may allocate in all.</summary>
    private const long MostBytes = 64L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void EveryTruncationGivesAResultOrARefusal()
    {
        foreach ((string name, byte[] file) in DistinctSeeds().Where(s => s.File.Length < 4000).Append(("m.h5", KerasSeeds.Hdf5()[2])).Append(("m.keras", KerasSeeds.ArchiveOf(KerasSeeds.Weights()))))
        {
            for (int length = 0; length < file.Length; length++)
            {
                Check(name, file[..length]);
            }
        }
    }

    [TestMethod]
    public void EverySingleBitFlippedGivesAResultOrARefusal()
    {
        foreach ((string name, byte[] file) in DistinctSeeds().Where(s => s.File.Length < 700))
        {
            for (int bit = 0; bit < 8 * file.Length; bit++)
            {
                byte[] changed = [.. file];
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Check(name, changed);
            }
        }
    }

    /// <summary>
    /// HDF5 as Keras writes it and as PureHDF does, and weights that are broken before they are packed into an archive,
    /// whose checksum would find them out.
    /// </summary>
    [TestMethod]
    public void MutatedKerasFilesGiveAResultOrARefusal()
    {
        long count = Setting("NEURALEDGE_MUTATIONS", MutationsInSuite) / 4;
        PortableRandom random = new((int)Setting("NEURALEDGE_SEED", 1));
        byte[][] files = KerasSeeds.Hdf5();
        byte[] weights = KerasSeeds.Weights();
        int accepted = 0;
        for (long i = 0; i < count; i++)
        {
            bool isArchive = i % 4 == 3;
            byte[] changed = isArchive ? KerasSeeds.ArchiveOf(Mutations.Mutate(weights, random)) : Mutations.Mutate(files[i % 4], random);
            accepted += Check(isArchive ? "m.keras" : "m.h5", changed).Accepted ? 1 : 0;
        }

        TestContext.WriteLine($"{count} Keras files, {accepted} accepted, {count - accepted} refused in one sentence");
        Assert.IsTrue(accepted > 0 && accepted < count, "mutations neither all pass nor all fail");
    }

    [TestMethod]
    public void MutatedFilesGiveAResultOrARefusal()
    {
        long count = Setting("NEURALEDGE_MUTATIONS", MutationsInSuite);
        long seed = Setting("NEURALEDGE_SEED", 1);
        PortableRandom random = new((int)seed);
        (string Name, byte[] File)[] seeds =
        [
            .. Seeds(),
            .. FormTests.AllForms().Select(f => ("m.onnx", f.File)),
            .. TfLiteOperatorModels.All().Select(m => ("m.tflite", m.File)),
            .. Enumerable.Repeat(("m.h", Encoding.ASCII.GetBytes($"char m[] = {{{string.Join(',', TfLiteModels.Float())}}};")), 4),
        ];
        Dictionary<string, (int Files, int Accepted)> outcomes = [];
        TimeSpan slowest = TimeSpan.Zero;
        long most = 0;
        Stopwatch all = Stopwatch.StartNew();
        for (long i = 0; i < count; i++)
        {
            (string name, byte[] file) = seeds[i % seeds.Length];
            bool byField = name.EndsWith(".onnx", StringComparison.Ordinal) && random.Next(2) == 0;
            byte[] changed = byField ? MessageMutations.Mutate(file, random) : Mutations.Mutate(file, random);
            if (name.EndsWith(".nedge", StringComparison.Ordinal) && random.Next(8) != 0)
            {
                Mutations.Seal(changed);
            }

            (bool accepted, TimeSpan time, long bytes) = Check(name, changed);
            slowest = time > slowest ? time : slowest;
            most = Math.Max(most, bytes);
            string kind = Path.GetExtension(name);
            (int files, int good) = outcomes.GetValueOrDefault(kind);
            outcomes[kind] = (files + 1, good + (accepted ? 1 : 0));
        }

        foreach ((string kind, (int files, int accepted)) in outcomes)
        {
            TestContext.WriteLine($"{kind}: {files} mutated files, {accepted} accepted, {files - accepted} refused in one sentence");
        }

        TestContext.WriteLine($"{count} files, seed {seed}, {all.Elapsed.TotalSeconds:F1} s, slowest {slowest.TotalMilliseconds:F0} ms, most memory {most >> 10} KB");
        Assert.HasCount(7, outcomes);
        Assert.IsTrue(outcomes.Values.All(o => o.Accepted > 0 && o.Accepted < o.Files), "mutations neither all pass nor all fail");
    }

    private static IEnumerable<(string Name, byte[] File)> Seeds()
    {
        IReadOnlyList<(string Name, byte[] File)> spellings = Spellings.All();
        IReadOnlyList<(string Name, byte[] File)> operators = OperatorModels.All();
        byte[] json = Encoding.UTF8.GetBytes("""
            {"inputs":[{"name":"a","unit":"V","min":-4,"max":4},{"name":"b","min":0,"max":1}],
             "layers":[{"weights":[[1,-1],[0.5,2]],"bias":[0,0.25],"activation":"tanh"},{"weights":[[1,2]],"activation":"linear"}],
             "outputs":[{"name":"y"}]}
            """);
        byte[] nedge = Converter.Convert(new(
            JsonModelReader.Parse(Encoding.UTF8.GetString(json), "m.json"), ModelTask.Regression, new BoardSpec(0, [], []), Profile.Exact, Work: 1e5)).File.Bytes;
        byte[] csv = "light;soil;y\n1,5;2;wet\n2,5;3;dry\n0,5;\"4\";dry\n"u8.ToArray();
        byte[] fann = Encoding.ASCII.GetBytes(FannTests.Small);
        byte[][] lite = [TfLiteModels.Float(), TfLiteModels.EightBit(false).File, TfLiteModels.EightBit(true).File];
        for (int i = 0; i < operators.Count; i++)
        {
            yield return ("m.onnx", operators[i].File);
            yield return ("m.tflite", lite[i % 3]);
            yield return ("m.json", json);
            yield return ("m.nedge", nedge);
            yield return ("m.net", fann);
            yield return ("m.csv", csv);
            yield return ("m.onnx", spellings[i * 2].File);
        }
    }

    private static IEnumerable<(string Name, byte[] File)> DistinctSeeds() => Seeds().DistinctBy(s => Convert.ToHexString(s.File));

    private static (bool Accepted, TimeSpan Time, long Bytes) Check(string name, byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool accepted = true;
        try
        {
            Use(name, file);
        }
        catch (InputRefusedException e)
        {
            accepted = false;
            Refusals.ResultOrRefusal(() => throw e);
        }
        catch (Exception e)
        {
            throw new AssertFailedException($"{name}, {e.GetType().Name} at {Convert.ToBase64String(file)}", e);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsTrue(time < Longest && bytes < MostBytes, $"{name} took {time} and {bytes} bytes: {Convert.ToBase64String(file)}");
        return (accepted, time, bytes);
    }

    private static void Use(string name, byte[] file)
    {
        switch (Path.GetExtension(name))
        {
            case ".csv":
                Table table = Table.Parse(TextFile.Decode(file, name), name);
                Assert.IsTrue(Array.TrueForAll(table.Numbers(table.Columns[0]), double.IsFinite));
                break;
            case ".nedge":
                ModelFile model = ModelFile.Parse(file, name);
                Assert.HasCount(model.Outputs.Length, model.Run(model.ToRaw(new double[model.Inputs.Length])));
                break;
            default:
                FloatModel imported = ModelImport.Parse(file, name).Model;
                Assert.HasCount(imported.Outputs.Length, imported.Network.Forward(new double[imported.Inputs.Length]));
                break;
        }
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : otherwise;
}
