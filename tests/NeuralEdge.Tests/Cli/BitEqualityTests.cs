using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// What <c>run --raw</c> computes on the desktop is what the board answers to <c>ask</c>: each random network goes over
/// the link into the board's slots, and the board loads, tests and runs it from there.
/// </summary>
[TestClass]
public sealed class BitEqualityTests
{
    private const int Networks = 1000;
    private const int RowsOfEach = 3;
    private static readonly Profile[] Profiles = Enum.GetValues<Profile>();

    [TestMethod]
    public void TheBoardAnswersTheIntegersOfTheDesktopForAThousandRandomNetworks()
    {
        PortableRandom random = new(1000);
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        HashSet<uint> digests = [];
        int telling = 0;
        for (int n = 0; n < Networks; n++)
        {
            FloatModel model = Examples.RandomModel(random);
            ConvertedModel conversion = Examples.Convert(model, Profiles[n % Profiles.Length]);
            Assert.AreEqual(ModelState.Confirmed, link.Upload(conversion.File.Bytes).State);

            // As run has it: from the bytes of a file.
            ModelFile file = ModelFile.Parse([.. conversion.File.Bytes], $"network {n}");
            digests.Add(file.Model.Digest);
            HashSet<string> answers = [];
            for (int r = 0; r < RowsOfEach; r++)
            {
                int[] raw = file.ToRaw(Examples.RandomRow(model, random));
                int[] answer = link.Ask(raw).Outputs;
                CollectionAssert.AreEqual(file.Run(raw), answer, $"network {n}, row {r}");
                answers.Add(string.Join(',', answer));
            }

            telling += answers.Count == RowsOfEach ? 1 : 0;
        }

        Assert.HasCount(Networks, digests, "random networks must not repeat");

        // Networks that answer the same to every row, with all neurons saturated, would claim little.
        Assert.IsGreaterThan(Networks / 2, telling);
    }
}
