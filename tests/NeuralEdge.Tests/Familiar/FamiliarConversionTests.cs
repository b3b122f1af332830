using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Familiar;

/// <summary>A file that is made of data knows the data, and a promise that nothing can keep is refused.</summary>
[TestClass]
public sealed class FamiliarConversionTests
{
    [TestMethod]
    public void AFileMadeOfRowsKnowsTheseRows()
    {
        ModelFile file = PicturedModels.Create();
        double[][] rows = SensorLogs.Soil(1, 3000);
        Assert.IsLessThanOrEqualTo(75, rows.Count(row => !file.IsFamiliar(row)));
        Assert.IsTrue(Array.TrueForAll(rows, row => !file.IsFamiliar([4095, row[1], row[2]])));
        Assert.IsTrue(Array.TrueForAll(rows, row => !file.IsFamiliar([1e12, row[1], row[2]])), "beyond what raw integers hold");
        Assert.IsFalse(file.Model.Familiarity!.IsDoubt);
    }

    [TestMethod]
    public void AFileWithoutRowsHasNoPictureAndFindsEverythingFamiliar()
    {
        ModelFile file = Bench.Identity(3, 100);
        Assert.IsNull(file.Familiar);
        Assert.IsNull(file.Model.Familiarity);
        Assert.IsTrue(file.IsFamiliar([1e9, 0, 0]));
    }

    [TestMethod]
    public void TheQuantilesThatAreKeptAreThoseOfTheRows()
    {
        ModelFile file = PicturedModels.Create();
        double[][] rows = SensorLogs.Soil(1, 3000);
        for (int i = 0; i < 3; i++)
        {
            double[] column = [.. rows.Select(row => row[i]).Order()];
            FamiliarInput kept = file.Familiar!.Inputs[i];

            // To a sixteenth of a deviation.
            double deviation = Math.Sqrt(column.Average(value => Math.Pow(value - column.Average(), 2)));
            Assert.AreEqual(column[15], file.Inputs[i].ToValue(kept.ToRaw(kept.Least)), deviation / 8);
            Assert.AreEqual(column[^15], file.Inputs[i].ToValue(kept.ToRaw(kept.Most)), deviation / 8);
        }
    }

    [TestMethod]
    [DataRow(3, FamiliarLearner.FewestRows - 1, "it takes 50 rows of data to know what is familiar, and there are 49")]
    [DataRow(2, 3000, "only if each has a sensor")]
    public void SafeOutputsThatCannotBeKeptAreRefused(int wired, int rows, string reason)
    {
        InputRefusedException refused = Assert.ThrowsExactly<InputRefusedException>(() => PicturedModels.Create(isDoubt: true, wired, rows));
        StringAssert.Contains(refused.Message, "\"onUnfamiliar\": \"safe\"");
        StringAssert.Contains(refused.Message, reason);
        Assert.IsNotNull(PicturedModels.Create(isDoubt: false, wired, rows));
    }

    [TestMethod]
    public void ABoardFileAsksForSafeOutputs()
    {
        Assert.IsTrue(BoardFile.Parse("{\"onUnfamiliar\":\"safe\"}", "board").UnfamiliarIsFault);
        Assert.IsFalse(BoardFile.Parse("{\"onUnfamiliar\":\"continue\"}", "board").UnfamiliarIsFault);
        Assert.IsFalse(BoardFile.Parse("{}", "board").UnfamiliarIsFault);
        InputRefusedException refused = Assert.ThrowsExactly<InputRefusedException>(() => BoardFile.Parse("{\"onUnfamiliar\":\"stop\"}", "board"));
        StringAssert.Contains(refused.Message, "known are safe and continue");
    }

    [TestMethod]
    public void ABoardThatHasNoMemoryForThePictureRefusesTheFileBeforeItIsAllocated()
    {
        byte[] file = PicturedModels.Create().Bytes;
        int needed = Model(int.MaxValue).Model!.HeapBytes;
        Assert.AreEqual(ModelError.None, Model(needed).Error);
        Assert.AreEqual(ModelError.TooMuchMemory, Model(needed - 1).Error);

        (Model? Model, ModelError Error) Model(int heap)
        {
            Model? model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, long.MaxValue, 0xFF, heap), out ModelError error, out _);
            return (model, error);
        }
    }
}
