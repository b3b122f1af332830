using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>The tool is killed in the middle of an upload: the board works on, and the next upload says what it goes on from.</summary>
[TestClass]
public sealed class KilledUploadTests
{
    [TestMethod]
    public void TheNextUploadSaysFromWhichByteItGoesOn()
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model(RefusalTests.Wide(24, 32, 32, 4), range: 1));
        using BoardProcess board = new(scratch.Folder);
        using (Process upload = Tool.Start(scratch.Folder, "upload", "net.nedge", "--port", board.Address))
        {
            Task<string> error = upload.StandardError.ReadToEndAsync();
            while (upload.StandardOutput.ReadLine() is string line && !line.StartsWith("sending  5", StringComparison.Ordinal))
            {
            }

            upload.Kill();
            upload.WaitForExit();
            Assert.AreEqual("", error.GetAwaiter().GetResult());
        }

        // Nothing of it runs, and nothing hinders the next.
        Assert.AreEqual("factory", scratch.Run("info", "--port", board.Address, "--json").Json().GetProperty("model").GetProperty("state").GetString());
        string output = scratch.Run("upload", "net.nedge", "--port", board.Address).MustSucceed().Output;
        StringAssert.Matches(output, new(@"An earlier upload of this model was cut off; going on from byte [1-9]\d* of \d+\."));
        StringAssert.Contains(output, "bytes were already there");
    }
}
