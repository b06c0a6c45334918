# The composer. The functions never run here; they are deployed by `pond deploy`.
FROM python:3.13-slim

RUN useradd --create-home --uid 10001 pond
WORKDIR /srv/pond

COPY requirements requirements
RUN pip install --no-cache-dir --constraint requirements/constraints.txt --requirement requirements/ui.txt

COPY pyproject.toml README.md template.yaml ./
COPY .streamlit .streamlit
COPY functions functions
COPY infra infra
COPY ui ui
COPY examples examples
RUN pip install --no-cache-dir --no-deps --editable .

USER pond
EXPOSE 8501
HEALTHCHECK --interval=30s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=3)"]
CMD ["python", "-m", "streamlit", "run", "ui/serve.py", "--server.port=8501", "--server.address=0.0.0.0", \
     "--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
