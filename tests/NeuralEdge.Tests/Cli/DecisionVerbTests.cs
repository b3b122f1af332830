using System.Text.Json;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Cli;

/// <summary>What upload, confirm, revert and info say about decisions.</summary>
[TestClass]
public sealed class DecisionVerbTests
{
    private static readonly ModelFile Model = Bench.Identity(1, 100);
    private static readonly ModelFile Other = Bench.Identity(2, 100);

    [TestMethod]
    public void ConfirmAndRevertShowWhatTheyAreAboutAndRefuseToBeAboutAnotherFile()
    {
        using Scratch scratch = new();
        scratch.Write("model.nedge", Model.Bytes);
        scratch.Write("other.nedge", Other.Bytes);
        using BoardProcess board = new(scratch.Folder);
        string digest = Model.Model.Digest.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

        string upload = scratch.Run("upload", "model.nedge", "--port", board.Address, "--no-confirm").MustSucceed().Output;
        StringAssert.Contains(upload, "otherwise the board goes back at its next start, or by itself in 15 min.");
        string info = scratch.Run("info", "--port", board.Address).MustSucceed().Output;
        StringAssert.Contains(info, "and so does the board by itself in 15 min");
        StringAssert.Contains(info, "in a row on plausible inputs");

        foreach (string verb in new[] { "confirm", "revert" })
        {
            string sentence = scratch.Run(verb, "other.nedge", "--port", board.Address).MustFail(2);
            StringAssert.Contains(sentence, "other.nedge");
            StringAssert.Contains(sentence, $"in test, slot A, upload 1 ({digest}");
            StringAssert.Contains(sentence, "Nothing was changed.");
        }

        string confirm = scratch.Run("confirm", "model.nedge", "--port", board.Address, "--anyway").MustSucceed().Output;
        StringAssert.StartsWith(confirm, $"Confirming what runs: in test, slot A, upload 1 ({digest}, {Model.Bytes.Length} bytes)");
        StringAssert.Contains(confirm, $"Kept: confirmed, slot A, upload 1 ({digest}");

        JsonElement revert = scratch.Run("revert", "model.nedge", "--port", board.Address, "--json").Json();
        Assert.AreEqual("factory", revert.GetProperty("model").GetProperty("state").GetString());
        JsonElement decided = revert.GetProperty("decided");
        Assert.AreEqual("confirmed", decided.GetProperty("state").GetString());
        Assert.AreEqual(1, decided.GetProperty("sequence").GetInt32());
        Assert.AreEqual(digest, decided.GetProperty("digest").GetString());
    }

    [TestMethod]
    public void UploadSaysForWhatItWaitsAndJsonUntilWhenATestLasts()
    {
        using Scratch scratch = new();
        scratch.Write("model.nedge", Model.Bytes);
        using BoardProcess board = new(scratch.Folder);
        string output = scratch.Run("upload", "model.nedge", "--port", board.Address).MustSucceed().Output;
        StringAssert.Contains(output, "The model runs in test; it is confirmed after 10 periods in a row on plausible inputs, in about 1 s.");
        StringAssert.Contains(output, "Confirmed:");
        scratch.Write("other.nedge", Other.Bytes);
        JsonElement test = scratch.Run("upload", "other.nedge", "--port", board.Address, "--no-confirm", "--json").Json();
        Assert.AreEqual(900_000, test.GetProperty("testLeftMs").GetDouble(), 5_000);
        JsonElement info = scratch.Run("info", "--port", board.Address, "--json").Json();
        Assert.IsGreaterThan(800_000, info.GetProperty("testLeftMs").GetDouble());
        Assert.AreEqual(0, info.GetProperty("endedTests").GetInt32());
        Assert.AreEqual(JsonValueKind.Null, info.GetProperty("decided").ValueKind);
    }
}
